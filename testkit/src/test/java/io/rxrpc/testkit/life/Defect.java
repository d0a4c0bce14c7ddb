// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import io.rxrpc.testkit.Datagram;
import io.rxrpc.testkit.PacketBuilder;
import io.rxrpc.testkit.Saboteur;
import io.rxrpc.wire.Ack;
import io.rxrpc.wire.AckReason;
import io.rxrpc.wire.Flags;
import io.rxrpc.wire.Header;
import io.rxrpc.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Defects planted at an engine's boundary on purpose; the suite must catch each. */
enum Defect {
  /** None. */
  NONE,

  /** Nothing is ever sent a second time. */
  NO_RETRANSMISSION {
    @Override
    Saboteur saboteur() {
      Set<Long> seen = new HashSet<>();
      return new Saboteur() {
        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          boolean first = !d.isData() || seen.add(key(d));
          return first ? List.of(d) : List.of();
        }
      };
    }
  },

  /** A NACK is read as an ACK: the receiver's view is believed to have no holes. */
  NACKS_IGNORED {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public List<Datagram> incoming(long now, Datagram d) {
          if (d.type() != PacketType.ACK || d.length() < Ack.MIN_LENGTH) {
            return List.of(d);
          }
          byte[] bytes = d.bytes().clone();
          MemorySegment p = MemorySegment.ofArray(bytes);
          int n = Math.min(Ack.count(p, 0), d.length() - Ack.MIN_LENGTH);
          for (int i = 0; i < n; i++) {
            Ack.setSoftAck(p, 0, i, true);
          }
          return List.of(d.with(bytes));
        }
      };
    }
  },

  /**
   * A call that follows is not taken as the ACK of the one before: the last reply goes out again.
   */
  IMPLICIT_ACK_FORGOTTEN {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        private Datagram lastReply;

        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          Datagram again = lastReply;
          if (d.isData() && !d.fromClient()) {
            boolean next =
                again != null && again.cid() == d.cid() && again.callNumber() < d.callNumber();
            lastReply = d;
            if (next) {
              byte[] bytes = again.bytes().clone();
              Header.setSerial(MemorySegment.ofArray(bytes), 0, 0);
              return List.of(d, again.with(bytes));
            }
          }
          return List.of(d);
        }
      };
    }
  },

  /** Deadlines are never noticed. */
  TIMERS_FROZEN {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public long deadline(long deadline) {
          return Long.MAX_VALUE;
        }
      };
    }
  },

  /** Data around the border of two packets is given to the application in the wrong order. */
  ORDER_LOST {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public void read(byte[] bytes, int length) {
          if (length > 1500) {
            byte b = bytes[1411];
            bytes[1411] = bytes[1412];
            bytes[1412] = b;
          }
        }
      };
    }
  },

  /** The memory of packets that have left is not given back. */
  MEMORY_LEAKED {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public boolean transmitted() {
          return false;
        }
      };
    }
  },

  /** An ABORT is answered with an ABORT. */
  ABORT_ANSWERED {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        private Datagram pending;

        @Override
        public List<Datagram> incoming(long now, Datagram d) {
          if (d.type() == PacketType.ABORT) {
            pending = d;
          }
          return List.of(d);
        }

        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          Datagram abort = pending;
          if (abort == null) {
            return List.of(d);
          }
          pending = null;
          byte[] bytes =
              PacketBuilder.abort(-5)
                  .connection(abort.epoch(), abort.cid())
                  .call(abort.callNumber())
                  .flags(~abort.flags() & Flags.CLIENT_INITIATED)
                  .build();
          return List.of(d, new Datagram(abort.to(), abort.from(), bytes, false));
        }
      };
    }
  },

  /** An ACK tells less than one before. */
  HARD_ACK_REGRESSES {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          if (d.type() == PacketType.ACK && Ack.firstPacket(d.memory(), 0) > 4) {
            byte[] bytes = d.bytes().clone();
            MemorySegment p = MemorySegment.ofArray(bytes);
            int length = Ack.MIN_LENGTH; // no acks: they would stand at the wrong place
            Ack.write(
                p,
                0,
                d.serial() % 2 == 0 ? 2 : Ack.firstPacket(p, 0),
                Ack.previousPacket(p, 0),
                Ack.serial(p, 0),
                Ack.reason(p, 0),
                0);
            return List.of(d.with(java.util.Arrays.copyOf(bytes, length)));
          }
          return List.of(d);
        }
      };
    }
  },

  /** A call is given to the handler twice. */
  HANDLED_TWICE {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public int handlings() {
          return 2;
        }
      };
    }
  },

  /** The peer's receive window is not looked at: it seems ever open. */
  WINDOW_IGNORED {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public List<Datagram> incoming(long now, Datagram d) {
          if (d.type() != PacketType.ACK || Ack.trailerWords(d.memory(), 0, d.length()) < 4) {
            return List.of(d);
          }
          byte[] bytes = d.bytes().clone();
          MemorySegment p = MemorySegment.ofArray(bytes);
          Ack.writeTrailer(p, 0, Ack.count(p, 0), 5692, 1444, 255, 4);
          return List.of(d.with(bytes));
        }
      };
    }
  },

  /** A timer's ACK names the last serial: the peer takes the delay for its round trip. */
  DELAY_NAMES_SERIAL {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          if (d.type() == PacketType.ACK && Ack.reason(d.memory(), 0) == AckReason.DELAY) {
            byte[] bytes = d.bytes().clone();
            MemorySegment p = MemorySegment.ofArray(bytes);
            int n = Ack.count(p, 0);
            Ack.write(p, 0, Ack.firstPacket(p, 0), Ack.previousPacket(p, 0), 1, AckReason.DELAY, n);
            return List.of(d.with(bytes));
          }
          return List.of(d);
        }
      };
    }
  },

  /** A server asks for an ACK of its last packet. */
  ASKS_ON_LAST {
    @Override
    Saboteur saboteur() {
      return new Saboteur() {
        @Override
        public List<Datagram> outgoing(long now, Datagram d) {
          if (d.isData() && !d.fromClient() && d.has(Flags.LAST_PACKET)) {
            byte[] bytes = d.bytes().clone();
            bytes[Header.FLAGS] |= (byte) Flags.REQUEST_ACK;
            return List.of(d.with(bytes));
          }
          return List.of(d);
        }
      };
    }
  };

  /** A fresh one for an endpoint. */
  Saboteur saboteur() {
    return Saboteur.NONE;
  }

  private static long key(Datagram d) {
    return ((long) d.cid() << 40) ^ ((long) d.callNumber() << 20) ^ d.seq();
  }
}
