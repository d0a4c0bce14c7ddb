// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.Signature;
import java.lang.classfile.Signature.ArrayTypeSig;
import java.lang.classfile.Signature.BaseTypeSig;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.Signature.RefTypeSig;
import java.lang.classfile.Signature.TypeArg;
import java.lang.classfile.Signature.TypeParam;
import java.lang.classfile.Signature.TypeVarSig;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeAnnotation.TypePathComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Types of a class file as they would be written in Java, with what may be null. */
final class ApiSignatures {
  private static final String NULLABLE = "Lorg/jspecify/annotations/Nullable;";

  /** The places inside one type that may be null, each as the path of steps to it. */
  private final Set<String> nullable;

  private ApiSignatures(Set<String> nullable) {
    this.nullable = nullable;
  }

  /** For a place of a field or method: its type, a parameter, or what it returns. */
  static ApiSignatures at(AttributedElement element, Predicate<TypeAnnotation.TargetInfo> place) {
    Set<String> paths = new HashSet<>();
    element
        .findAttribute(Attributes.runtimeVisibleTypeAnnotations())
        .ifPresent(
            all ->
                all.annotations().stream()
                    .filter(a -> isNullable(a.annotation()) && place.test(a.targetInfo()))
                    .forEach(a -> paths.add(path(a.targetPath()))));
    return new ApiSignatures(paths);
  }

  /** For places where no annotation is looked for. */
  static ApiSignatures plain() {
    return new ApiSignatures(Set.of());
  }

  private static boolean isNullable(Annotation annotation) {
    return annotation.className().equalsString(NULLABLE);
  }

  /** Steps into nested classes are left out: the name of a class shows all of its outer ones. */
  private static String path(List<TypePathComponent> steps) {
    StringBuilder path = new StringBuilder();
    for (TypePathComponent step : steps) {
      switch (step.typePathKind()) {
        case ARRAY -> path.append('[');
        case WILDCARD -> path.append('*');
        case TYPE_ARGUMENT -> path.append(step.typeArgumentIndex()).append(';');
        case INNER_TYPE -> {}
      }
    }
    return path.toString();
  }

  String text(Signature signature) {
    return text(signature, "");
  }

  private String text(Signature signature, String path) {
    String mark = nullable.contains(path) ? "@Nullable " : "";
    return switch (signature) {
      case BaseTypeSig base -> base.baseType() == 'V' ? "void" : primitive(base.baseType());
      case TypeVarSig variable -> mark + variable.identifier();
      case ClassTypeSig type -> qualified(type, mark, path);
      case ArrayTypeSig array ->
          text(array.componentSignature(), path + "[") + (mark.isEmpty() ? "" : " " + mark) + "[]";
    };
  }

  private String qualified(ClassTypeSig type, String mark, String path) {
    String outer = type.outerType().map(o -> text(o, path) + ".").orElse("");
    String name = outer + readable(type.className());
    int simple = name.lastIndexOf('.') + 1;
    List<String> arguments = new ArrayList<>();
    for (TypeArg argument : type.typeArgs()) {
      arguments.add(argument(argument, path + arguments.size() + ";"));
    }
    return name.substring(0, simple)
        + mark
        + name.substring(simple)
        + (arguments.isEmpty() ? "" : "<" + String.join(", ", arguments) + ">");
  }

  private String argument(TypeArg argument, String path) {
    return switch (argument) {
      case TypeArg.Unbounded none -> "?";
      case TypeArg.Bounded bounded ->
          switch (bounded.wildcardIndicator()) {
            case NONE -> text(bounded.boundType(), path);
            case EXTENDS -> "? extends " + text(bounded.boundType(), path + "*");
            case SUPER -> "? super " + text(bounded.boundType(), path + "*");
          };
    };
  }

  /** {@code <T extends Comparable<T>>}, empty where there are none. */
  static String parameters(List<TypeParam> parameters) {
    if (parameters.isEmpty()) {
      return "";
    }
    List<String> texts = new ArrayList<>();
    for (TypeParam parameter : parameters) {
      List<RefTypeSig> bounds = new ArrayList<>(parameter.interfaceBounds());
      parameter.classBound().ifPresent(bound -> bounds.addFirst(bound));
      List<String> limits =
          bounds.stream()
              .map(bound -> plain().text(bound))
              .filter(bound -> !bound.equals("Object"))
              .toList();
      texts.add(
          parameter.identifier()
              + (limits.isEmpty() ? "" : " extends " + String.join(" & ", limits)));
    }
    return "<" + String.join(", ", texts) + ">";
  }

  /** A class's name as a reader knows it: those of java.lang without their package. */
  static String readable(String internal) {
    String name = internal.replace('/', '.').replace('$', '.');
    return name.matches("java\\.lang\\.[A-Z][\\w.]*") ? name.substring(10) : name;
  }

  private static String primitive(char letter) {
    return switch (letter) {
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'D' -> "double";
      case 'F' -> "float";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'S' -> "short";
      default -> "boolean";
    };
  }
}
