package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GateConfig;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Limit.Bound;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Measure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LoadExtensionTest {

  private static final GateConfig.AtMost FAR = atMost(0, 10_000, 0);
  private static final Limit P95 =
      new Limit("llm.slo.ttft.p95", List.of(), Measure.TTFT.field(), "p95", Bound.AT_MOST, 300);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Extension kept = Extension.NONE;
  private Verdict verdict = Verdict.of(Map.of(), List.of(), 40);
  private Runnable meanwhile = () -> {};
  private long begun;
  private long ended;

  private static GateConfig.AtMost atMost(long seconds, long calls, long tokens) {
    return new GateConfig.AtMost(
        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
        calls == 0 ? OptionalLong.empty() : OptionalLong.of(calls),
        tokens == 0 ? OptionalLong.empty() : OptionalLong.of(tokens));
  }

  private LoadExtension extension(GateConfig.AtMost most, long planned) {
    LoadExtension extension =
        new LoadExtension(
            most,
            CallObjectives.NONE,
            () -> {
              meanwhile.run();
              return begun;
            },
            () -> verdict,
            looks -> kept = looks,
            new PrintStream(printed, true, UTF_8));
    extension.plans(planned);
    extension.watch(List.of(P95));
    return extension;
  }

  /** Calls begin, and end in the same order. */
  private void play(LoadExtension extension, int number, double ttftMillis) {
    begun += number;
    for (int i = 0; i < number; i++) {
      end(extension, ended++, ttftMillis);
    }
  }

  private static void end(LoadExtension extension, long id, double ttftMillis) {
    extension.ended(
        CallFixture.call()
            .id(id)
            .from(100.0 * id, 100.0 * id + 1000)
            .streamed(ttftMillis, 900)
            .tokens(30, 20)
            .record());
  }

  private String console() {
    return printed.toString(UTF_8);
  }

  @Test
  void aLoadThatIsDecidedByItsPlannedCallsGoesOnNoLonger() {
    LoadExtension extension = extension(FAR, 100);
    play(extension, 100, 200);
    extension.reachedNow();
    assertThat(extension.oneMore(100, 1)).isFalse();
    assertThat(kept.end()).contains(Extension.DECIDED);
    assertThat(kept.looks()).hasSize(1);
    assertThat(console())
        .isEqualTo(
            "[llm] every limit is decided after 100 calls: the load goes on no longer"
                + System.lineSeparator());
  }

  @Test
  void aLoadThatIsNotGoesOnWithoutWaitingAndEndsWithTheLookThatDecides() {
    LoadExtension extension = extension(FAR, 40);
    play(extension, 40, 200);
    assertThat(extension.oneMore(40, 1)).isTrue();
    extension.reachedNow();
    assertThat(console())
        .isEqualTo(
            "[llm] extending: llm.slo.ttft.p95 is undecided after 40 calls; about 95 more"
                + System.lineSeparator());
    play(extension, 20, 200);
    extension.reachedNow();
    play(extension, 80, 200);
    extension.reachedNow();
    extension.reachedNow();
    assertThat(extension.oneMore(140, 1)).isFalse();
    assertThat(kept.looks()).extracting(Extension.Look::calls).containsExactly(40L, 60L, 90L, 135L);
    assertThat(kept.end()).contains(Extension.DECIDED);
    assertThat(console()).contains("[llm] every limit is decided after 135 calls, at look 4: ");
  }

  @Test
  void anEndThatComesWhileAnArrivalAsksIsNotTakenBack() {
    LoadExtension extension = extension(FAR, 40);
    play(extension, 40, 200);
    assertThat(extension.oneMore(40, 1)).isTrue();
    meanwhile = extension::runEnds;
    assertThat(extension.oneMore(41, 2)).isFalse();
    assertThat(extension.isOver()).isTrue();
  }

  /** Calls that began later and ended sooner are no part of a look. */
  @Test
  void aLookWaitsForItsOwnCallsAndTakesNoOthers() {
    LoadExtension extension = extension(FAR, 40);
    begun = 40;
    for (int id = 0; id < 30; id++) {
      end(extension, id, 200);
    }
    assertThat(extension.oneMore(40, 1)).isTrue();
    begun = 50;
    for (int id = 40; id < 50; id++) {
      end(extension, id, 900);
    }
    extension.reachedNow();
    assertThat(kept.looks()).isEmpty();
    for (int id = 30; id < 40; id++) {
      end(extension, id, 200);
    }
    extension.reachedNow();
    assertThat(kept.looks()).hasSize(1);
    assertThat(kept.looks().get(0).limits().get(0).keepPercent()).hasValue(100);
  }

  @Test
  void callsInFlightThatCannotTurnTheDecisionAreNotWaitedFor() {
    LoadExtension extension = extension(FAR, 1000);
    begun = 1000;
    for (int id = 0; id < 990; id++) {
      end(extension, id, 200);
    }
    extension.reachedNow();
    assertThat(extension.oneMore(1000, 1)).isFalse();
    assertThat(kept.looks().get(0).withoutEnd()).isEqualTo(10);
  }

  @Test
  void theNumberOfCallsBoundsIt() {
    LoadExtension extension = extension(atMost(0, 50, 0), 40);
    play(extension, 40, 200);
    assertThat(extension.oneMore(40, 1)).isTrue();
    extension.reachedNow();
    play(extension, 10, 200);
    assertThat(extension.oneMore(49, 1)).isFalse();
    extension.reachedNow();
    assertThat(kept.looks()).extracting(Extension.Look::calls).containsExactly(40L, 50L);
    assertThat(kept.end()).contains("llm.gate.atMost.calls");
    assertThat(console())
        .contains(
            "[llm] llm.gate.atMost.calls is reached: llm.slo.ttft.p95 is undecided after 50"
                + " calls; about 63 more");
  }

  @Test
  void theTimeBoundsItAndTheLastLookIsAtAllCalls() {
    LoadExtension extension = extension(atMost(60, 0, 0), 40);
    play(extension, 40, 200);
    extension.reachedNow();
    assertThat(extension.oneMore(40, 59_999_999_999L)).isTrue();
    play(extension, 5, 200);
    assertThat(extension.oneMore(45, 60_000_000_000L)).isFalse();
    assertThat(extension.isOver()).isTrue();
    extension.runEnds();
    assertThat(kept.looks()).extracting(Extension.Look::calls).containsExactly(40L, 45L);
    assertThat(kept.end()).contains("llm.gate.atMost.duration");
  }

  /** Each call takes 50 tokens; those without an end may take as many. */
  @Test
  void theTokensBoundIt() {
    LoadExtension extension = extension(atMost(0, 0, 2500), 40);
    play(extension, 40, 200);
    begun += 9;
    assertThat(extension.oneMore(49, 1)).isTrue();
    begun++;
    assertThat(extension.oneMore(50, 1)).isFalse();
    extension.runEnds();
    assertThat(kept.end()).contains("llm.gate.atMost.tokens");
  }

  @Test
  void whatMoreCallsDoNotMendEndsItAtOnce() {
    verdict = Verdict.unknown("not measured");
    LoadExtension extension = extension(FAR, 10);
    begun = 10;
    for (int id = 0; id < 10; id++) {
      extension.ended(CallFixture.call().id(id).ended(Outcome.REJECTED, "HTTP 400").record());
    }
    extension.reachedNow();
    assertThat(extension.oneMore(10, 1)).isFalse();
    assertThat(kept.end()).contains(Extension.NO_GROUND);
    assertThat(console()).contains("the load goes on no longer: no call succeeded");
  }

  @Test
  void aLoadThatSomethingElseEndsIsLookedAtOnceMore() {
    LoadExtension extension = extension(FAR, 100);
    play(extension, 30, 200);
    extension.reachedNow();
    extension.runEnds();
    assertThat(kept.looks()).extracting(Extension.Look::calls).containsExactly(30L);
    assertThat(kept.end()).contains(Extension.CUT);
    assertThat(console()).contains("the load ended before it could tell: llm.slo.ttft.p95 is");
  }

  @Test
  void aScenarioOfSeveralCallsIsLookedAtWhenItsPlanIsOver() {
    LoadExtension extension = extension(FAR, 40);
    play(extension, 60, 200);
    extension.reachedNow();
    assertThat(kept.looks()).isEmpty();
    assertThat(extension.oneMore(40, 1)).isTrue();
    extension.reachedNow();
    assertThat(kept.looks()).extracting(Extension.Look::calls).containsExactly(60L);
  }

  @Test
  void aRunWithoutLimitsGoesNowhere() {
    LoadExtension extension = extension(FAR, 40);
    extension.watch(List.of());
    play(extension, 40, 200);
    assertThat(extension.oneMore(40, 1)).isFalse();
    extension.runEnds();
    assertThat(kept).isEqualTo(Extension.NONE);
    assertThat(console()).isEmpty();
  }
}
