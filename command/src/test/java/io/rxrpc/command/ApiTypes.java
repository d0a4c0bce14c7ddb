// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.command;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of one package that users can name, each with its members, as lines. */
final class ApiTypes {
  /** By the internal name. */
  private final Map<String, ClassModel> classes = new TreeMap<>();

  private ApiTypes() {}

  /** Reads the class files of a folder, and not of those below it. */
  static ApiTypes of(Path folder) throws IOException {
    ApiTypes types = new ApiTypes();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        types.add(ClassFile.of().parse(file));
      }
    }
    return types;
  }

  private void add(ClassModel type) {
    classes.put(type.thisClass().asInternalName(), type);
  }

  /** All of them, in the order of their names, with an empty line before each. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    classes.forEach(
        (internal, type) -> {
          if (isReachable(internal)) {
            lines.add("");
            lines.add(header(type));
            members(type).forEach(member -> lines.add("  " + member));
          }
        });
    return lines;
  }

  private boolean isReachable(String internal) {
    ClassModel type = classes.get(internal);
    if (type == null || type.thisClass().asInternalName().endsWith("package-info")) {
      return false;
    }
    if (!internal.contains("$")) {
      return type.flags().has(AccessFlag.PUBLIC);
    }
    return nesting(type)
        .flatMap(info -> info.outerClass())
        .map(outer -> isReachable(outer.asInternalName()) && isOpen(type, outer.asInternalName()))
        .orElse(false); // local and anonymous classes have no outer class
  }

  private boolean isOpen(ClassModel type, String outer) {
    Set<AccessFlag> flags = nesting(type).map(InnerClassInfo::flags).orElse(Set.of());
    ClassModel around = classes.get(outer);
    return flags.contains(AccessFlag.PUBLIC)
        || (flags.contains(AccessFlag.PROTECTED) && around != null && isExtensible(around));
  }

  private static Optional<InnerClassInfo> nesting(ClassModel type) {
    String name = type.thisClass().asInternalName();
    return type.findAttribute(Attributes.innerClasses()).stream()
        .flatMap(a -> a.classes().stream())
        .filter(info -> info.innerClass().asInternalName().equals(name))
        .findFirst();
  }

  private static boolean isExtensible(ClassModel type) {
    return !type.flags().has(AccessFlag.FINAL)
        && type.methods().stream()
            .filter(m -> m.methodName().equalsString("<init>"))
            .map(MethodModel::flags)
            .anyMatch(f -> f.has(AccessFlag.PUBLIC) || f.has(AccessFlag.PROTECTED));
  }

  /** Also those inherited from a class or interface that users cannot name. */
  private Set<String> members(ClassModel type) {
    String simple = ApiSignatures.readable(type.thisClass().asInternalName());
    simple = simple.substring(simple.lastIndexOf('.') + 1);
    boolean extensible = isExtensible(type);
    Set<String> members = new TreeSet<>(new ApiMembers(type, simple, extensible).lines(true));
    for (ClassModel hidden : hiddenAbove(type)) {
      members.addAll(new ApiMembers(hidden, simple, extensible).lines(false));
    }
    return members;
  }

  private List<ClassModel> hiddenAbove(ClassModel type) {
    List<ClassModel> hidden = new ArrayList<>();
    Stream.concat(
            type.superclass().stream().map(c -> c.asInternalName()),
            type.interfaces().stream().map(c -> c.asInternalName()))
        .filter(name -> classes.containsKey(name) && !isReachable(name))
        .map(classes::get)
        .forEach(
            above -> {
              hidden.add(above);
              hidden.addAll(hiddenAbove(above));
            });
    return hidden;
  }

  private String header(ClassModel type) {
    ClassSignature signature =
        type.findAttribute(Attributes.signature())
            .map(a -> a.asClassSignature())
            .orElseGet(() -> plain(type));
    return (type.findAttribute(Attributes.deprecated()).isPresent() ? "@Deprecated " : "")
        + modifiers(type)
        + kind(type)
        + " "
        + ApiSignatures.readable(type.thisClass().asInternalName())
        + ApiSignatures.parameters(signature.typeParameters())
        + components(type)
        + supertypes(type, signature);
  }

  private static ClassSignature plain(ClassModel type) {
    ClassTypeSig above =
        type.superclass().map(c -> ClassTypeSig.of(c.asSymbol())).orElseGet(ApiTypes::object);
    ClassTypeSig[] interfaces =
        type.interfaces().stream()
            .map(c -> ClassTypeSig.of(c.asSymbol()))
            .toArray(ClassTypeSig[]::new);
    return ClassSignature.of(above, interfaces);
  }

  private static ClassTypeSig object() {
    return ClassTypeSig.of(ClassDesc.of("java.lang.Object"));
  }

  private static String modifiers(ClassModel type) {
    Set<AccessFlag> flags = nesting(type).map(InnerClassInfo::flags).orElse(type.flags().flags());
    boolean shape = kind(type).equals("class");
    return (flags.contains(AccessFlag.PROTECTED) ? "protected " : "")
        + (type.findAttribute(Attributes.permittedSubclasses()).isPresent() ? "sealed " : "")
        + (shape && flags.contains(AccessFlag.ABSTRACT) ? "abstract " : "")
        + (shape && flags.contains(AccessFlag.FINAL) ? "final " : "");
  }

  private static String kind(ClassModel type) {
    if (type.flags().has(AccessFlag.ANNOTATION)) {
      return "@interface";
    }
    if (type.flags().has(AccessFlag.INTERFACE)) {
      return "interface";
    }
    if (type.flags().has(AccessFlag.ENUM)) {
      return "enum";
    }
    return type.findAttribute(Attributes.record()).isPresent() ? "record" : "class";
  }

  /** In their order, which a pattern goes by. */
  private static String components(ClassModel type) {
    return type.findAttribute(Attributes.record())
        .map(
            record ->
                record.components().stream()
                    .map(component -> component.name().stringValue())
                    .collect(Collectors.joining(", ", "(", ")")))
        .orElse("");
  }

  private String supertypes(ClassModel type, ClassSignature signature) {
    String above = ApiSignatures.plain().text(signature.superclassSignature());
    boolean implied = !kind(type).equals("class") || above.equals("Object");
    String interfaces =
        signature.superinterfaceSignatures().stream()
            .filter(i -> !kind(type).equals("@interface"))
            .map(i -> ApiSignatures.plain().text(i))
            .collect(Collectors.joining(", "));
    String word = kind(type).equals("interface") ? " extends " : " implements ";
    String permitted =
        type.findAttribute(Attributes.permittedSubclasses()).stream()
            .flatMap(a -> a.permittedSubclasses().stream())
            .map(c -> c.asInternalName())
            .filter(this::isReachable)
            .map(ApiSignatures::readable)
            .sorted()
            .collect(Collectors.joining(", "));
    return (implied ? "" : " extends " + above)
        + (interfaces.isEmpty() ? "" : word + interfaces)
        + (permitted.isEmpty() ? "" : " permits " + permitted);
  }
}
