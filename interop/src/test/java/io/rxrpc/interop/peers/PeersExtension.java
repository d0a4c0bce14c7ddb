// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop.peers;

import io.rxrpc.interop.peers.Needs.Peer;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Provides what {@link Needs} asks for, once for all test classes. */
final class PeersExtension implements ExecutionCondition, ParameterResolver {
  /** Skips a class as a whole, before anything of it runs. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("its class runs");
    }
    Peers peers = peers(context);
    try {
      for (Peer peer : context.getRequiredTestClass().getAnnotation(Needs.class).value()) {
        switch (peer) {
          case CELL, DES_CELL, AES_CELL -> peers.cell(peer);
          case SECURE_CELL -> peers.secureCell();
          case REALMS -> peers.realms();
          case CLIENTS -> peers.clients();
          case TSHARK -> peers.tshark();
          case C_RXGEN -> peers.rxgen();
        }
      }
      return ConditionEvaluationResult.enabled("its peers are there");
    } catch (TestAbortedException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cell.class || type == SecureCell.class || type == Realms.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type != Cell.class) {
      return type == Realms.class ? peers(context).realms() : peers(context).secureCell();
    }
    for (Peer peer : context.getRequiredTestClass().getAnnotation(Needs.class).value()) {
      if (peer == Peer.DES_CELL || peer == Peer.AES_CELL) {
        return peers(context).cell(peer);
      }
    }
    return peers(context).cell(Peer.CELL);
  }

  /** Closed by JUnit when the last test is through. */
  private static Peers peers(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Peers.class, _ -> new Peers(), Peers.class);
  }
}
