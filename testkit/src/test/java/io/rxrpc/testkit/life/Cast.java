// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.testkit.life;

import static io.rxrpc.testkit.SimNet.ms;

import io.rxrpc.engine.Counter;
import io.rxrpc.security.ClientSecurity;
import io.rxrpc.security.NullSecurity;
import io.rxrpc.security.ServerSecurity;
import io.rxrpc.testkit.Fault;
import io.rxrpc.testkit.Pace;
import io.rxrpc.testkit.SimAddress;
import io.rxrpc.testkit.SimCall;
import io.rxrpc.testkit.SimEndpoint;
import io.rxrpc.testkit.SimFailure;
import io.rxrpc.testkit.SimNet;
import io.rxrpc.testkit.ToyHandshake;
import io.rxrpc.testkit.ToySecurity;
import io.rxrpc.testkit.peer.Habits;
import io.rxrpc.testkit.peer.ModelPeer;
import io.rxrpc.tuning.Tunable;
import io.rxrpc.tuning.Tunables;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who takes part in a life: builds the peers and lets them work. */
final class Cast {
  static final int SERVICE = 52;

  private static final InetSocketAddress CLIENT = SimAddress.of(1, 7001);
  private static final InetSocketAddress SERVER = SimAddress.of(2, 7003);
  private static final InetSocketAddress NOBODY = SimAddress.of(9, 7009);

  /** One side: an engine or a model. */
  private static final class Side {
    @Nullable SimEndpoint engine;
    @Nullable ModelPeer model;

    boolean idle() {
      SimEndpoint e = engine;
      ModelPeer m = model;
      return (e == null || (e.engine().liveCalls() == 0 && e.running() == 0))
          && (m == null || m.serving() == 0);
    }

    @Override
    public String toString() {
      SimEndpoint e = engine;
      return model != null
          ? model.habits().name()
          : e == null ? "nobody" : "engine with " + e.engine().liveCalls() + " live calls";
    }
  }

  final List<SimEndpoint> engines = new ArrayList<>();
  final Calls calls;

  private final SimNet net;
  private final SplittableRandom random;
  private final Plan plan;
  private final Ledger ledger = new Ledger();
  private final Tunables tunables;
  private final Map<InetSocketAddress, WireWatch> watches = new HashMap<>();
  private final int concurrency;

  /** Whether packets go together in jumbo datagrams where they may. */
  private final boolean joining;

  private final @Nullable Habits clientHabits;
  private final @Nullable Habits serverHabits;
  private final Defect defect;
  private final boolean kernel;
  private Side client;
  private Side server;
  private int clientLife;
  private long clientBegan;
  private boolean away;
  private boolean last;

  Cast(SimNet net, long seed, Scenario scenario, Defect defect) {
    this.net = net;
    this.defect = defect;
    joining = seed % 2 == 0;
    random = new SplittableRandom(seed * 31 + 7);
    plan = new Plan(scenario, random);
    calls = new Calls(plan.mustSucceed(), ledger);
    tunables = plan.tunables();
    plan.links(net);
    int kinds = plan.secured() ? 0 : random.nextInt(8);
    kernel = scenario == Scenario.KERNEL;
    if (kernel) {
      kinds = kinds < 6 ? 7 : 5;
    }
    clientHabits = plan.habits(kinds == 4 ? Habits.OPENAFS : kinds == 5 ? Habits.LINUX : null);
    serverHabits = plan.habits(kinds == 6 ? Habits.OPENAFS : kinds == 7 ? Habits.LINUX : null);
    client = side(CLIENT, clientHabits);
    server = side(SERVER, serverHabits);
    serve(server);
    serve(client);
    plan.works(calls);
    concurrency = plan.concurrency();
  }

  private Side side(InetSocketAddress address, @Nullable Habits habits) {
    Side side = new Side();
    if (habits != null) {
      long readPause = random.nextInt(3) * 200_000L;
      ModelPeer m = new ModelPeer(net, address, habits, random.nextInt(), readPause);
      m.secret(new ToyHandshake(plan.secret()));
      side.model = m;
      return side;
    }
    SimEndpoint e = new SimEndpoint(net, address, tunables, random.nextLong());
    if (joining) {
      e.joinPackets();
    }
    e.clockRate(plan.clockRate());
    e.sabotage(defect.saboteur());
    e.securityDelay(random.nextInt(3) * ms(1));
    engines.add(e);
    side.engine = e;
    WireWatch old = watches.get(address);
    if (old != null) {
      old.forget();
    } else {
      WireWatch watch =
          new WireWatch(
              address, tunables.getInt(Tunable.PEER_WINDOW), plan.scenario() != Scenario.DAMAGED);
      watches.put(address, watch);
      net.tap(watch);
    }
    return side;
  }

  private void serve(Side side) {
    SimEndpoint e = side.engine;
    ModelPeer m = side.model;
    if (e != null) {
      List<ServerSecurity> securities =
          List.of(NullSecurity.INSTANCE, new ToySecurity(plan.secret()));
      e.serve(SERVICE, securities, () -> new WorkHandler(ledger, e, pace()));
    } else if (m != null) {
      m.serve(SERVICE, () -> new WorkHandler(ledger, m, Pace.FAST));
    }
  }

  private Pace pace() {
    return last ? Pace.FAST : Work.pace(random);
  }

  void begin() {
    plan.schedule(this, net);
    feed();
  }

  private void feed() {
    while (!away && calls.running() < concurrency && !calls.toCome.isEmpty()) {
      start(calls.begin());
    }
  }

  private void start(Work work) {
    int life = clientLife;
    boolean back = plan.reverse(work);
    Side caller = back ? server : client;
    InetSocketAddress to = plan.toNobody(work) ? NOBODY : back ? CLIENT : SERVER;
    SimEndpoint e = caller.engine;
    ModelPeer m = caller.model;
    if (e != null) {
      start(work, to, e);
    } else if (m != null) {
      m.call(
          to,
          SERVICE,
          work.request(),
          end -> {
            if (life == clientLife) {
              calls.ended(work, end);
              next();
            }
          });
    }
  }

  private void start(Work work, InetSocketAddress to, SimEndpoint e) {
    int life = clientLife;
    SimCall call =
        e.call(
            to,
            SERVICE,
            security(),
            work.request(),
            plan.restarts() ? null : work.reply(),
            plan.pace(work),
            c -> {
              if (life == clientLife) {
                calls.ended(work, c);
                next();
              }
            });
    if (work.kind() == Work.Kind.CLIENT_ABORTS) {
      net.at(
          net.now() + work.think(),
          () -> {
            if (!call.isComplete()) {
              call.abort(work.abortCode());
            }
          });
    }
  }

  private ClientSecurity security() {
    if (kernel && serverHabits != null) {
      return new ToyHandshake(plan.secret());
    }
    return plan.secured() ? new ToySecurity(plan.secret()) : NullSecurity.INSTANCE;
  }

  /** One more call when all are over, as fast as applications can be. */
  SimCall last(Work work) {
    last = true;
    SimEndpoint e = Objects.requireNonNull(client.engine);
    return e.call(SERVER, SERVICE, security(), work.request(), work.reply(), Pace.FAST, call -> {});
  }

  private void next() {
    net.at(net.now() + plan.gap(), this::feed);
  }

  /** The server forgets everything. */
  void restart() {
    net.count(Fault.RESTART);
    net.remove(SERVER);
    if (server.engine != null) {
      engines.remove(server.engine);
    }
    Side nobody = new Side();
    server = nobody;
    long pause = random.nextInt(3) * ms(700);
    net.at(
        net.now() + pause,
        () -> {
          server = side(SERVER, serverHabits);
          serve(server);
        });
  }

  /** The client forgets everything and calls again at once, or when its host is back. */
  private void restartClient() {
    net.count(Fault.RESTART);
    SimEndpoint old = client.engine;
    if (old != null) {
      old.vanish();
      engines.remove(old);
    }
    client = new Side();
    clientLife++;
    calls.forgotten();
    long pause = random.nextInt(3) * ms(700);
    clientBegan = net.now() + pause;
    away = true;
    if (pause > 0) {
      net.add(new Nobody(CLIENT));
    }
    net.at(
        net.now() + pause,
        () -> {
          away = false;
          client = side(CLIENT, clientHabits);
          serve(client);
          feed();
        });
  }

  /** The client is started again after so many datagrams, and so often again. */
  void restartClientAfter(int datagrams, int again) {
    afterDatagrams(
        datagrams,
        () -> {
          if (!away) {
            restartClient();
          }
          if (again > 0) {
            restartClientAfter(1 + random.nextInt(90), again - 1);
          }
        });
  }

  /** The server is started again when so many datagrams have been delivered. */
  void restartAfter(int datagrams) {
    afterDatagrams(datagrams, this::restart);
  }

  private void afterDatagrams(int count, Runnable action) {
    Runnable unlessLast =
        () -> {
          if (!last) {
            action.run();
          }
        };
    net.tap(new AfterDatagrams(net, count, unlessLast));
  }

  /** Makes one direction worse than the other. */
  void lopsided(boolean up, double loss, int millis) {
    InetSocketAddress from = up ? CLIENT : SERVER;
    net.link(from, up ? SERVER : CLIENT).loss(loss).latency(ms(1 + millis));
  }

  /** Cuts or mends both directions. */
  void cut(boolean yes) {
    net.link(CLIENT, SERVER).cut(yes);
    net.link(SERVER, CLIENT).cut(yes);
  }

  /** Whether receivers may have dropped packets for want of memory: to senders that is loss. */
  boolean shortOfMemory() {
    return plan.scenario() == Scenario.TIGHT;
  }

  boolean mayFail() {
    return !plan.mustSucceed();
  }

  /** How long served calls may be there when no client call is. */
  long letGo() {
    return clientLife == 0
        ? 3600 * ms(1000)
        : Math.max(0, clientBegan + plan.letGo(tunables, serverHabits) + ms(5000) - net.now());
  }

  /** What the last transfers came to, where both sides are engines. */
  List<Goodput> transfers(Consumer<BooleanSupplier> until) {
    if (clientHabits != null || serverHabits != null) {
      return List.of();
    }
    // what was scheduled is over, and so are the consequences
    net.runFor(Math.max(0, plan.quietAt() - net.now()) + ms(5000));
    Transfers transfers = new Transfers(net, CLIENT, SERVER, tunables);
    transfers.run(this, until);
    return transfers.goodputs();
  }

  boolean serversIdle() {
    return server.idle() && client.idle();
  }

  /** Where nothing may fail, no served call may have failed either. */
  void check() {
    if (!plan.mustSucceed() || plan.scenario() == Scenario.ABORTS || clientLife > 0) {
      return;
    }
    for (SimEndpoint e : engines) {
      long failed = e.engine().counters().get(Counter.CALLS_FAILED);
      SimFailure.unless(failed == 0, "%d served calls failed", failed);
    }
  }

  String peers() {
    return name(clientHabits) + " > " + name(serverHabits);
  }

  private static String name(@Nullable Habits habits) {
    return habits == null ? "engine" : habits.name();
  }

  @Override
  public String toString() {
    return calls + ", client " + client + ", server " + server;
  }
}
