package dev.gatlingllm.run;

import java.lang.reflect.Proxy;
import java.util.List;

/** What happens at SIGINT and SIGTERM while this JVM is going down already. */
final class StopSignals {

  private StopSignals() {}

  /**
   * Runs {@code onSignal}, on a thread of the JVM's, at each such signal from now on. Without
   * effect where the JVM knows no signals.
   */
  static void handle(Runnable onSignal) {
    for (String name : List.of("INT", "TERM")) {
      try {
        // The compiler warns of the type, which has no successor: hence by its name.
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
            Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handler},
                (self, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    onSignal.run();
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      } catch (ReflectiveOperationException ignored) {
        // the waiting is bounded in any case
      }
    }
  }
}
