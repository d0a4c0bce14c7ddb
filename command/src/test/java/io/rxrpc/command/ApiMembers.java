// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.TypeAnnotation.FormalParameterTarget;
import java.lang.classfile.TypeAnnotation.TargetInfo;
import java.lang.classfile.TypeAnnotation.TargetType;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The members of a type that users can name, a line each. */
final class ApiMembers {
  /** What every object has: that a class has its own changes nothing for who compiles. */
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;");

  private final ClassModel owner;
  private final String name;
  private final boolean isEnum;
  private final boolean extensible;

  /**
   * Looks at one class.
   *
   * @param owner whose members they are, or of which it inherits them
   * @param name the simple name that constructors bear
   * @param extensible whether users can extend it, so that what is protected counts
   */
  ApiMembers(ClassModel owner, String name, boolean extensible) {
    this.owner = owner;
    this.name = name;
    this.isEnum = owner.flags().has(AccessFlag.ENUM);
    this.extensible = extensible;
  }

  /** Sorted; with constructors where they are the class's own. */
  Set<String> lines(boolean constructors) {
    Set<String> lines = new TreeSet<>();
    for (FieldModel field : owner.fields()) {
      if (counts(field.flags())) {
        lines.add(field(field));
      }
    }
    for (MethodModel method : owner.methods()) {
      boolean constructor = method.methodName().equalsString("<init>");
      if (counts(method.flags()) && !isImplied(method) && (constructors || !constructor)) {
        lines.add(method(method));
      }
    }
    return lines;
  }

  private boolean counts(AccessFlags flags) {
    return !flags.has(AccessFlag.SYNTHETIC)
        && (flags.has(AccessFlag.PUBLIC) || (extensible && flags.has(AccessFlag.PROTECTED)));
  }

  private boolean isImplied(MethodModel method) {
    String plain = method.methodName().stringValue() + method.methodType().stringValue();
    return OF_EVERY_OBJECT.contains(plain)
        || (isEnum && (plain.startsWith("values()") || plain.startsWith("valueOf(Ljava/lang/S")));
  }

  private String field(FieldModel field) {
    Signature type =
        field
            .findAttribute(Attributes.signature())
            .map(a -> a.asTypeSignature())
            .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
    String constant =
        field.findAttribute(Attributes.constantValue()).map(ApiMembers::constant).orElse("");
    if (field.flags().has(AccessFlag.ENUM)) {
      return deprecated(field) + "constant " + field.fieldName().stringValue();
    }
    return deprecated(field)
        + modifiers(field.flags(), true)
        + ApiSignatures.at(field, t -> t.targetType() == TargetType.FIELD).text(type)
        + " "
        + field.fieldName().stringValue()
        + constant;
  }

  /** The compiler copies it into those who use it: another value is another API. */
  private static String constant(ConstantValueAttribute attribute) {
    ConstantDesc value = attribute.constant().constantValue();
    return " = " + (value instanceof String text ? "\"" + text + "\"" : value);
  }

  private String method(MethodModel method) {
    MethodSignature signature =
        method
            .findAttribute(Attributes.signature())
            .map(a -> a.asMethodSignature())
            .orElseGet(() -> MethodSignature.of(method.methodTypeSymbol()));
    boolean constructor = method.methodName().equalsString("<init>");
    String variables = ApiSignatures.parameters(signature.typeParameters());
    String result =
        ApiSignatures.at(method, t -> t.targetType() == TargetType.METHOD_RETURN)
            .text(signature.result());
    return deprecated(method)
        + modifiers(method.flags(), extensible) // final means something where one can extend
        + (isDefault(method) ? "default " : "")
        + (variables.isEmpty() ? "" : variables + " ")
        + (constructor ? name : result + " " + method.methodName().stringValue())
        + "("
        + String.join(", ", parameters(method, signature))
        + ")"
        + thrown(method, signature);
  }

  private static List<String> parameters(MethodModel method, MethodSignature signature) {
    List<String> parameters = new ArrayList<>();
    for (Signature type : signature.arguments()) {
      int index = parameters.size();
      parameters.add(ApiSignatures.at(method, t -> isParameter(t, index)).text(type));
    }
    if (method.flags().has(AccessFlag.VARARGS)) {
      String last = parameters.removeLast();
      parameters.add(last.substring(0, last.length() - 2) + "...");
    }
    return parameters;
  }

  private static boolean isParameter(TargetInfo target, int index) {
    return target instanceof FormalParameterTarget parameter
        && parameter.formalParameterIndex() == index;
  }

  private static String thrown(MethodModel method, MethodSignature signature) {
    List<String> thrown =
        signature.throwableSignatures().isEmpty()
            ? method
                .findAttribute(Attributes.exceptions())
                .map(a -> a.exceptions().stream().map(e -> e.asInternalName()).toList())
                .orElse(List.of())
                .stream()
                .map(ApiSignatures::readable)
                .toList()
            : signature.throwableSignatures().stream()
                .map(t -> ApiSignatures.plain().text(t))
                .toList();
    return thrown.isEmpty() ? "" : " throws " + String.join(", ", thrown);
  }

  private boolean isDefault(MethodModel method) {
    return owner.flags().has(AccessFlag.INTERFACE)
        && !method.flags().has(AccessFlag.ABSTRACT)
        && !method.flags().has(AccessFlag.STATIC);
  }

  private static String deprecated(AttributedElement element) {
    return element.findAttribute(Attributes.deprecated()).isPresent() ? "@Deprecated " : "";
  }

  private String modifiers(AccessFlags flags, boolean ending) {
    boolean inInterface = owner.flags().has(AccessFlag.INTERFACE);
    StringBuilder words = new StringBuilder();
    words.append(flags.has(AccessFlag.PROTECTED) ? "protected " : "");
    words.append(flags.has(AccessFlag.STATIC) ? "static " : "");
    words.append(flags.has(AccessFlag.ABSTRACT) && !inInterface ? "abstract " : "");
    words.append(flags.has(AccessFlag.FINAL) && ending ? "final " : "");
    return words.toString();
  }
}
