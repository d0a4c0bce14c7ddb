// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.cli.option;

import io.rxrpc.cli.frame.CommandFailure;
import io.rxrpc.cli.frame.ExitCode;
import io.rxrpc.cli.frame.Target;
import io.rxrpc.cli.spi.ServiceDescriptions;
import io.rxrpc.cli.text.Similar;
import io.rxrpc.cli.typed.Interfaces;
import io.rxrpc.cli.typed.RefusedException;
import io.rxrpc.rpc.ErrorTables;
import io.rxrpc.rxgen.model.DeclaredProcedure;
import io.rxrpc.rxgen.model.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A service that a module has a description of, so that it needs no {@code --xg}.
 *
 * @param name as messages call it
 * @param interfaces its procedures
 * @param errors what its calls fail with
 */
public record KnownService(String name, Interfaces interfaces, ErrorTables errors) {
  /**
   * The service that a target means, or null where no module describes it.
   *
   * @param text the target as it was written
   * @param target the same, understood
   */
  public static @Nullable KnownService find(String text, Target target) throws CommandFailure {
    // a server's target may be the name alone: vl
    String service = text.substring(text.lastIndexOf('/') + 1);
    for (ServiceDescriptions module : modules()) {
      List<Description> descriptions = module.of(service, target.port(), target.service());
      if (!descriptions.isEmpty()) {
        return new KnownService(
            descriptions.stream().map(Description::file).collect(Collectors.joining(", ")),
            interfaces(descriptions),
            module.errors());
      }
    }
    return null;
  }

  private static Interfaces interfaces(List<Description> descriptions) throws CommandFailure {
    try {
      return Interfaces.of(descriptions, Similar::hint);
    } catch (RefusedException e) {
      throw new CommandFailure(ExitCode.BUG, e.line(), e);
    }
  }

  /** The names of the procedures of all described services. */
  public static List<String> procedures() {
    List<String> names = new ArrayList<>();
    modules().forEach(module -> names.addAll(module.procedures()));
    return names;
  }

  /**
   * The names of the procedures of one service.
   *
   * @param service its name or number
   * @param port its UDP port
   * @param id its service id
   * @return sorted; empty where no module describes it
   */
  public static List<String> procedures(String service, int port, int id) {
    for (ServiceDescriptions module : modules()) {
      List<Description> descriptions = module.of(service, port, id);
      if (!descriptions.isEmpty()) {
        return descriptions.stream()
            .flatMap(description -> description.packages().stream())
            .flatMap(owner -> owner.procedures().stream())
            .map(DeclaredProcedure::name)
            .distinct()
            .sorted()
            .toList();
      }
    }
    return List.of();
  }

  private static ServiceLoader<ServiceDescriptions> modules() {
    return ServiceLoader.load(ServiceDescriptions.class, KnownService.class.getClassLoader());
  }
}
