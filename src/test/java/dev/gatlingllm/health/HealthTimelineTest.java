package dev.gatlingllm.health;

import static dev.gatlingllm.record.HealthFixture.QUARTER;
import static dev.gatlingllm.record.HealthFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HealthTimelineTest {

  private final HealthTimeline timeline = new HealthTimeline();

  @Test
  void aSliceHasTheWorstOfItsSamplesAndTheAverageOfTheProcessors() {
    timeline.add(sample().number(0).loopDelayMicros(300).busy(0.2, 0.4).inFlight(2).make(), 0);
    timeline.add(sample().number(1).loopDelayMicros(900).busy(0.4, 0.8).pauses(1, 5, 5).make(), 0);
    HealthSeries series = timeline.result();
    assertThat(series.widthSeconds()).isEqualTo(0.5);
    assertThat(series.slices()).hasSize(1);
    HealthSlice slice = series.slices().get(0);
    assertThat(slice.loopDelayMillis()).hasValue(0.9);
    assertThat(slice.processCpuPercent().getAsDouble()).isBetween(29.99, 30.01);
    assertThat(slice.machineCpuPercent().getAsDouble()).isBetween(59.99, 60.01);
    assertThat(slice.pauseMillis()).hasValue(5);
    assertThat(slice.inFlight()).hasValue(2);
    assertThat(slice.heapMebibytes()).hasValue(100);
    assertThat(slice.scheduleDelayMillis()).isEmpty();
    assertThat(slice.backlogMillis()).isEmpty();
  }

  @Test
  void aSliceWithoutSamplesHasNoValues() {
    timeline.add(sample().number(0).make(), 0);
    timeline.add(sample().number(0).make(), 4 * QUARTER);
    HealthSeries series = timeline.result();
    assertThat(series.slices())
        .extracting(HealthSlice::startSeconds)
        .containsExactly(0.0, 0.5, 1.0);
    assertThat(series.slices().get(1).inFlight()).isEmpty();
    assertThat(series.slices().get(2).inFlight()).hasValue(1);
  }

  @Test
  void aLongRunHasNoMoreSlicesThanAChartCanShow() {
    for (int i = 0; i < 4 * 3_600; i++) {
      timeline.add(sample().number(i).make(), 0);
    }
    assertThat(timeline.result().slices()).hasSizeLessThanOrEqualTo(240).hasSizeGreaterThan(100);
  }

  @Test
  void withoutSamplesThereAreNoSlices() {
    assertThat(timeline.result().slices()).isEmpty();
  }
}
