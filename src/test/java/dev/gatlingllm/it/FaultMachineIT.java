package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.it.FaultedRun.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Real runs through a network that fails: connections are cut, reset, half-closed, delayed, dripped
 * and not read, on TCP and below TLS; interim answers and GOAWAY come in between. The profile
 * {@code faults} makes it long.
 *
 * <p>{@code -Dfaults.calls=10000} makes so many calls on each provider, over TCP and over TLS, one
 * run after another; {@code -Dfaults.wires=openai,bedrock_http2} takes some of the providers,
 * {@code -Dfaults.seed=1} the faults of an earlier run.
 */
@Isolated
class FaultMachineIT {

  private static final int FEW_CALLS = 120;
  private static final int CALLS = Integer.getInteger("faults.calls", FEW_CALLS);
  private static final long SEED =
      Long.getLong("faults.seed", CALLS <= FEW_CALLS ? 12 : System.nanoTime());
  private static final List<Wire> WIRES =
      Arrays.stream(System.getProperty("faults.wires", "").split(",", -1))
          .filter(name -> !name.isBlank())
          .map(name -> Wire.valueOf(name.strip().toUpperCase(Locale.ROOT)))
          .toList();

  private final List<FaultedRun> started = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() throws Exception {
    for (FaultedRun run : started) {
      run.close();
    }
  }

  @Test
  void eachCallEndsOnceWithItsOwnAnswerOrNone() throws Exception {
    System.out.println("fault machine: -Dfaults.seed=" + SEED);
    if (CALLS <= FEW_CALLS) {
      start(Wire.AZURE_OPENAI, false);
      start(Wire.BEDROCK_HTTP1, true);
      start(Wire.BEDROCK_HTTP2, false);
      judge();
    } else {
      for (Wire wire : WIRES.isEmpty() ? Arrays.asList(Wire.values()) : WIRES) {
        start(wire, false);
        start(wire, true);
        judge();
      }
    }
    assertThat(broken).as("-Dfaults.seed=" + SEED).isEmpty();
  }

  private void start(Wire wire, boolean tls) throws Exception {
    started.add(FaultedRun.start(folder, wire, tls, CALLS, SEED));
  }

  private void judge() throws Exception {
    for (FaultedRun run : started) {
      for (String one : run.broken(Duration.ofMinutes(2).plusMillis(100L * CALLS))) {
        broken.add(run + ": " + one);
      }
      run.close();
    }
    started.clear();
  }
}
