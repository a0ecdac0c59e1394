package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.Drift;
import dev.gatlingllm.stats.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftRemarkTest {

  @Test
  void oneSentenceNamesEveryMeasureThatChangedAndItsDirection() {
    assertThat(
            Remarks.onDrifts(
                List.of(
                    new Drift(Measure.TTFT, 210, 340),
                    new Drift(Measure.TOKENS_PER_SECOND, 50, 40))))
        .singleElement()
        .asString()
        .startsWith(
            "Between the first and the second half of the calls, TTFT rose from 210 to 340 ms,"
                + " tokens/s fell from 50 to 40 tok/s (shown, medians)");
  }

  @Test
  void aSteadyRunHasNoSuchSentence() {
    assertThat(Remarks.onDrifts(List.of())).isEmpty();
  }
}
