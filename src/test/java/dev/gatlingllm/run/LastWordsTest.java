package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LastWordsTest {

  private static LimitResult limit(String name, Outcome outcome, double actual) {
    return new LimitResult(
        new Limit(name, List.of(), "ttftMillis", "p95", Limit.Bound.AT_MOST, 100),
        name,
        outcome,
        true,
        OptionalDouble.of(actual),
        false,
        "ms",
        120,
        80,
        "why",
        OptionalLong.empty());
  }

  @Test
  void moreCausesThanFiveLinesHoldAreCounted() {
    assertThat(LastWords.red(List.of("a", "b", "c", "d", "e"))).hasSize(5);
    assertThat(LastWords.red(List.of("a", "b", "c", "d", "e", "f")))
        .hasSize(5)
        .last()
        .isEqualTo("the run has failed: 2 more, see summary.txt");
  }

  @Test
  void limitsThatAreMetAreOneLineWithTheClosest() {
    assertThat(LastWords.green(List.of(limit("a", Outcome.MET, 50), limit("b", Outcome.MET, 75))))
        .containsExactly(
            "all 2 limits are met, the closest is b: 75 ms, limit 100 ms, -25 % (why)");
    assertThat(LastWords.green(List.of())).isEmpty();
  }

  @Test
  void limitsThatAreNotShownAreNamed() {
    List<LimitResult> limits = new ArrayList<>(List.of(limit("a", Outcome.MET, 50)));
    limits.add(limit("b", Outcome.UNDECIDED, 75));
    assertThat(LastWords.green(limits))
        .containsExactly("2 limits, 1 shown to be met", "b: 75 ms, limit 100 ms, -25 % (why)");
    limits.addAll(Collections.nCopies(5, limit("c", Outcome.UNDECIDED, 75)));
    assertThat(LastWords.green(limits))
        .hasSize(5)
        .last()
        .isEqualTo("3 more that are not shown, see summary.txt");
  }
}
