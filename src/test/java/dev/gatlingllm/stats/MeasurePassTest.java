package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class MeasurePassTest {

  private static final Set<Measure> TIMES = Set.of(Measure.E2E, Measure.SCHEDULE_DELAY);

  private static CallSamples samples(int calls, int millis) {
    CallSamples samples = new CallSamples();
    for (int i = 0; i < calls; i++) {
      samples.add(call().from(10 * i, 10 * i + millis + i % 7).record(), 10_000_000L * i);
    }
    return samples;
  }

  private static List<Map<Measure, Distribution>> distributions(int threads) {
    MeasurePass pass = new MeasurePass();
    CallSamples quick = samples(300, 5);
    CallSamples slow = samples(200, 50);
    MeasurePass.Work<Distribution> work =
        (measure, values, waits) ->
            Distribution.of(measure.unit(), values, PercentileRule.SHOW_ALL);
    List<Map<Measure, Distribution>> wanted =
        List.of(
            pass.want(List.of(quick), CallSamples.SAMPLED, work),
            pass.want(List.of(quick, slow), TIMES, work));
    assertThat(wanted).allSatisfy(results -> assertThat(results).isEmpty());
    pass.run(threads);
    return wanted;
  }

  @Test
  void everyRowHasTheMeasuresThatItWantedWhetherOneThreadWorksOrTwo() {
    List<Map<Measure, Distribution>> found = distributions(1);

    assertThat(found.get(0)).containsOnlyKeys(CallSamples.SAMPLED);
    assertThat(found.get(1)).containsOnlyKeys(TIMES);
    assertThat(found.get(0).get(Measure.E2E).n()).isEqualTo(300);
    assertThat(found.get(1).get(Measure.E2E).n()).isEqualTo(500);
    assertThat(distributions(2)).isEqualTo(found);
  }

  @Test
  void whatGoesWrongInAnotherThreadIsNotLost() {
    MeasurePass pass = new MeasurePass();
    pass.want(
        List.of(samples(3, 5)),
        TIMES,
        (measure, values, waits) -> {
          throw new IllegalStateException(measure.field());
        });
    assertThatThrownBy(() -> pass.run(2))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRowWithoutValuesIsAskedForToo() {
    MeasurePass pass = new MeasurePass();
    Map<Measure, Boolean> found =
        pass.want(List.of(new CallSamples()), TIMES, (measure, values, waits) -> values.isEmpty());
    pass.run(1);
    assertThat(found).containsEntry(Measure.E2E, true).hasSize(2);
    assertThat(MeasurePass.known(found, one -> Optional.of(1))).hasSize(2);
  }
}
