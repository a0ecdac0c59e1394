package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CancelDraw;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.VisibleJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave with the first token, which no machine is too slow for. */
class CancelIT {

  private static final int CALLS = 40;
  private static final int MOST_TOKENS = 30;

  @TempDir private Path folder;

  @Test
  void theDrawnCallsAreCancelledAndAreNeitherSuccessNorFailureAnywhere() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.seed=4",
            "llm.load.rpm=1200",
            "llm.load.requests=" + CALLS,
            "llm.load.catchUp=true",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=100",
            "llm.profile.maxTokens=" + MOST_TOKENS,
            "llm.simulator.capacity=100",
            "llm.calibration.duration=0s",
            "llm.cancel.share=0.5",
            "llm.cancel.afterFirstToken=0ms",
            "llm.slo.call.e2e=100s");
    gatling.exitCode();
    CancelDraw draw =
        new CancelDraw(
            0.5, Optional.empty(), Optional.of(Duration.ZERO), CancelDraw.Delay.CONSTANT, 0.5, 4);
    List<Long> drawn =
        LongStream.range(0, CALLS).filter(id -> draw.of(id).cancels()).boxed().toList();
    assertThat(drawn).hasSizeBetween(10, 30);

    List<CallRecord> calls = gatling.calls();
    assertThat(calls).as(gatling.console()).hasSize(CALLS);
    assertThat(calls.stream().filter(call -> call.outcome() == Outcome.CANCELLED))
        .extracting(CallRecord::id)
        .containsExactlyInAnyOrderElementsOf(drawn);
    assertThat(calls.stream().filter(call -> drawn.contains(call.id())))
        .allMatch(CallRecord::tokensPartial)
        .allMatch(call -> call.tokens().output().getAsLong() < MOST_TOKENS);
    int stayed = CALLS - drawn.size();
    assertThat(calls.stream().filter(call -> call.outcome() == Outcome.SUCCEEDED)).hasSize(stayed);

    assertThat(gatling.gatlingRows())
        .contains("All Requests " + CALLS, "chat " + stayed, "chat (cancelled) " + drawn.size());
    assertThat(gatling.console())
        .as("all are OK for Gatling")
        .containsPattern("> request count +\\| +" + CALLS + " \\| +" + CALLS + " \\| +-");
    var all = VisibleJson.mapper().readTree(gatling.file("summary.json")).path("overall");
    assertThat(all.path("started").asInt()).isEqualTo(CALLS);
    assertThat(all.path("cancelled").asInt()).isEqualTo(drawn.size());
    assertThat(all.path("failed").asInt()).isZero();
    assertThat(all.path("goodput").path("calls").asInt()).isEqualTo(stayed);
    assertThat(all.path("goodput").path("percent").asDouble()).isEqualTo(100);
    assertThat(gatling.file("summary.txt")).contains("Cancelled by the client");
    assertThat(gatling.file("index.html")).contains("id=\"cancelled\"");
  }
}
