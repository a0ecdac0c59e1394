package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.timing.CallTimeline;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  @Test
  void everyInstantCountsFromTheStartOfTheRun() {
    CallTimeline timeline = new CallTimeline(1_001);
    timeline.started(1_002);
    timeline.headCame(1_003);
    timeline.outputCame(1_004, false);
    timeline.outputCame(1_005, true);
    timeline.outputCame(1_006, true);
    timeline.ended(1_007);
    assertThat(Times.of(timeline, 1_000))
        .isEqualTo(
            new Times(
                1,
                OptionalLong.of(2),
                OptionalLong.of(3),
                OptionalLong.of(4),
                OptionalLong.of(5),
                OptionalLong.of(6),
                7));
  }

  @Test
  void whatDidNotHappenIsAbsent() {
    OptionalLong never = OptionalLong.empty();
    assertThat(Times.of(new CallTimeline(1_001), 1_000))
        .isEqualTo(new Times(1, never, never, never, never, never, 1));
  }
}
