package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

  private final List<String> done = new ArrayList<>();
  private final StopSignals signals =
      new StopSignals(
          () -> done.add("cut calls"),
          new PrintStream(new ByteArrayOutputStream(), false, UTF_8),
          () -> done.add("exit"),
          () -> done.add("halt"));

  @Test
  void duringTheLoadTheFirstEndsItTheSecondCutsCallsTheThirdHalts() {
    signals.came();
    signals.shutdownBegan();
    assertThat(done).containsExactly("exit");
    signals.came();
    assertThat(done).containsExactly("exit", "cut calls");
    signals.came();
    assertThat(done).containsExactly("exit", "cut calls", "halt");
  }

  @Test
  void whileTheTokenReportIsWrittenTheFirstLetsIt() {
    signals.loadIsOver();
    signals.shutdownBegan();
    signals.came();
    assertThat(done).isEmpty();
    signals.came();
    assertThat(done).doesNotContain("halt", "exit");
    signals.came();
    assertThat(done).endsWith("halt");
  }

  @Test
  void whileGatlingWritesItsReportTheFirstLetsItAndTheSecondSkipsIt() {
    signals.loadIsOver();
    signals.came();
    assertThat(done).isEmpty();
    signals.came();
    assertThat(done).containsExactly("exit");
    signals.shutdownBegan();
    assertThat(signals.engineIsDone()).isFalse();
    signals.came();
    assertThat(done).containsExactly("exit", "halt");
  }

  @Test
  void gatlingsReportIsNotWholeIfTheLoadWasCut() {
    signals.came();
    signals.shutdownBegan();
    assertThat(signals.engineIsDone()).isFalse();
  }

  @Test
  void theEndOfMavenEndsTheLoadButNoReport() {
    signals.loadIsOver();
    signals.mavenEnded();
    assertThat(done).isEmpty();
  }

  @Test
  void theEndOfMavenEndsTheLoad() {
    signals.mavenEnded();
    assertThat(done).containsExactly("exit");
  }
}
