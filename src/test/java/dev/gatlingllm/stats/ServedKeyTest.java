package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServedKeyTest {

  private static final CallRecord.Served STANDARD =
      new CallRecord.Served("", "", "standard", OptionalLong.empty());

  private static CallKey key(CallFixture call) {
    return CallKey.of(call.record());
  }

  @Test
  void aCallIsInTheRowOfTheModeThatServedIt() {
    assertThat(
            key(
                call()
                    .name("scenario", "run 1", "m | us-east-1 | optimized")
                    .label("latency", "optimized")
                    .servedBy(STANDARD)))
        .isEqualTo(
            new CallKey(
                List.of("run 1", "m | us-east-1 | standard"),
                "scenario",
                Map.of("latency", "standard")));
  }

  @Test
  void aCallThatAskedForNoModeStaysInItsRow() {
    assertThat(key(call().label("latency", "none").servedBy(STANDARD)).labels())
        .containsEntry("latency", "none");
    assertThat(key(call().name("a", "m | r | none").servedBy(STANDARD)).groups())
        .containsExactly("m | r | none");
  }

  @Test
  void withoutAWordOfTheServiceTheModeIsTheOneAskedFor() {
    assertThat(key(call().label("latency", "optimized")).labels())
        .containsEntry("latency", "optimized");
  }

  @Test
  void otherLabelsAreLeftAlone() {
    assertThat(key(call().label("team", "optimized").servedBy(STANDARD)).labels())
        .containsEntry("team", "optimized");
  }
}
