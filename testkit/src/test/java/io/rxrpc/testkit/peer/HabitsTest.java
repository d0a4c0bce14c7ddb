// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.peer;

import static io.rxrpc.testkit.PacketFilter.ack;
import static io.rxrpc.testkit.PacketFilter.data;
import static io.rxrpc.testkit.PacketFilter.type;
import static io.rxrpc.testkit.SimNet.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.ScriptedPeer;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimHandler;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.wire.Abort;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.PacketType;
import org.junit.jupiter.api.Test;

/** The six differences of calls.md section 15 that need no security: the models have them. */
class HabitsTest {
  private static final int SERVICE = 5;
  private static final int EPOCH = 0x80000001;

  private final SimNet net = SimNet.seeded(1);
  private final ScriptedPeer client = new ScriptedPeer(net, SimAddress.of(1, 1000));
  private final ModelPeer openafs = model(Habits.OPENAFS, 2);
  private final ModelPeer linux = model(Habits.LINUX, 3);
  private long think;

  private ModelPeer model(Habits habits, int host) {
    ModelPeer peer = new ModelPeer(net, SimAddress.of(host, 7000 + host), habits, host, 0);
    peer.serve(
        SERVICE, () -> request -> new SimHandler.Answer(new byte[] {1}, 0, think, Pace.FAST));
    return peer;
  }

  private void send(ModelPeer to, int call, PacketBuilder packet) {
    client.send(
        to.address(),
        packet
            .connection(EPOCH, 4)
            .call(call)
            .serial(client.nextSerial())
            .service(SERVICE)
            .flags(Flags.CLIENT_INITIATED));
  }

  private void request(ModelPeer to, int call) {
    send(to, call, PacketBuilder.data(1, new byte[3]).flags(Flags.LAST_PACKET));
  }

  @Test
  void openafsIsBusyAndDropsWhileLinuxGoesOver() {
    think = ms(1000);
    request(openafs, 1);
    request(openafs, 2);
    assertThat(client.await(type(PacketType.BUSY)).callNumber()).isEqualTo(2);
    client.collect(ms(100));
    think = 0;
    request(openafs, 2);
    assertThat(client.await(data()).callNumber()).isEqualTo(2);

    think = ms(1000);
    request(linux, 1);
    request(linux, 2);
    assertThat(client.await(data()).callNumber()).isEqualTo(2);
  }

  @Test
  void openafsEndsOnSoftAcksAndLinuxHolds() {
    for (ModelPeer peer : new ModelPeer[] {openafs, linux}) {
      request(peer, 1);
      client.await(data());
      send(peer, 1, PacketBuilder.ack(AckReason.DELAY, 1, 1, 0, 32, true));
      client.collect(ms(10));
    }
    assertThat(openafs.serving()).isZero();
    assertThat(linux.serving()).isEqualTo(1);
    send(linux, 1, PacketBuilder.ack(AckReason.IDLE, 2, 1, 0, 32));
    client.collect(ms(10));
    assertThat(linux.serving()).isZero();
  }

  @Test
  void openafsAnswersDataOfAFinishedCallAndLinuxIsSilent() {
    for (ModelPeer peer : new ModelPeer[] {openafs, linux}) {
      request(peer, 1);
      client.await(data());
      send(peer, 1, PacketBuilder.ack(AckReason.IDLE, 2, 1, 0, 32));
      client.collect(ms(10));
    }
    request(openafs, 1);
    client.expect(ack(AckReason.DUPLICATE));
    request(linux, 1);
    assertThat(client.collect(ms(1000))).isEmpty();
  }

  @Test
  void linuxAbortsWhatItDoesNotKnowAndOpenafsIsSilent() {
    PacketBuilder unknown = new PacketBuilder(PacketType.ACKALL).connection(EPOCH, 400).call(9);
    client.send(openafs.address(), unknown);
    assertThat(client.collect(ms(100))).isEmpty();
    client.send(linux.address(), unknown);
    Datagram abort = client.expect(type(PacketType.ABORT));
    assertThat(Abort.code(abort.memory(), 0)).isEqualTo(-5);
    assertThat(abort.fromClient()).isTrue();
  }

  @Test
  void theModelsSpeakWithEachOther() {
    byte[] request = new byte[200_000];
    ModelPeer.End[] ends = new ModelPeer.End[2];
    openafs.call(linux.address(), SERVICE, request, end -> ends[0] = end);
    linux.call(openafs.address(), SERVICE, request, end -> ends[1] = end);
    net.runUntil(() -> ends[0] != null && ends[1] != null);
    assertThat(ends[0].ok()).isTrue();
    assertThat(ends[1].ok()).isTrue();
  }
}
