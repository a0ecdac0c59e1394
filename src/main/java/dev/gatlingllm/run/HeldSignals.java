package dev.gatlingllm.run;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * SIGINT and SIGTERM while a run begins: they wait until somebody can end it well, so that no
 * folder is left without its {@code run.json} and report. Safe for use by many threads.
 */
public final class HeldSignals {

  private Optional<Runnable> taker = Optional.empty();
  private int waiting;

  HeldSignals() {}

  /** Takes the signals of this JVM. Without effect where the JVM knows none. */
  public static HeldSignals hold() {
    HeldSignals held = new HeldSignals();
    for (String name : List.of("INT", "TERM")) {
      held.handle(name);
    }
    return held;
  }

  private void handle(String name) {
    try {
      // The compiler warns of the type, which has no successor: hence by its name.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HeldSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  came();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException ignored) {
      // the JVM's own handlers stay: one signal ends the load, the next ones are ignored
    }
  }

  synchronized void came() {
    if (taker.isPresent()) {
      taker.get().run();
    } else {
      waiting++;
    }
  }

  /** From now on each signal runs this, as those do that have waited. */
  synchronized void handOver(Runnable onSignal) {
    taker = Optional.of(onSignal);
    for (; waiting > 0; waiting--) {
      onSignal.run();
    }
  }
}
