package dev.gatlingllm.experiment.rag;

import dev.gatlingllm.calibration.TruthComparison;
import dev.gatlingllm.calibration.WarmUp;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.target.SimulatedTarget;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.timing.NanoClock;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Warms up the way of calls over HTTP on a simulated orchestrator that answers at once, and, if the
 * target is simulated, finds the measurement error. Whatever fails in it is printed on the console,
 * and the run goes on without.
 *
 * @param target where the calls go, if it is simulated
 */
record HttpBeforeLoad(
    LlmConfig config,
    RagConfig rag,
    Optional<SimulatedTarget> target,
    NanoClock clock,
    PrintStream console)
    implements Preparation {

  @Override
  public Prepared prepare(Engine engine) {
    Optional<WarmUpResult> warm = warmUp(engine);
    if (target.isEmpty() || config.calibration().duration().isZero()) {
      return new Prepared(warm, result -> {}, Optional::empty);
    }
    int users = rag.users().count();
    TruthComparison every =
        new TruthComparison(
            target.get().simulator(),
            MeasurementError.Source.RUN,
            Count.of(users, "user") + " with questions");
    return new Prepared(warm, every, every::result);
  }

  private Optional<WarmUpResult> warmUp(Engine engine) {
    if (config.warmUp().atMost().isZero()) {
      return Optional.empty();
    }
    try (SimulatedTarget quick = SimulatedTarget.startQuick(false)) {
      HttpTarget orchestrator = orchestrator(quick);
      WarmUpResult result =
          new WarmUp(
                  () -> engine.http().apply(orchestrator),
                  clock,
                  engine.timers(),
                  () -> LlmRequest.ofPrompt("What is asked before the first question?"),
                  engine.probe(),
                  engine.afterCall())
              .run(config.warmUp().atLeast(), config.warmUp().atMost());
      console.printf(
          Locale.ROOT,
          "[llm] warmed up with %d questions to a simulated orchestrator in %.1f s: %s%n",
          result.calls(),
          result.durationNanos() / 1e9,
          result.stable() ? "they became no faster" : "its time was up (llm.warmUp.atMost)");
      return Optional.of(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      console.println("[llm] the warm-up failed, the run goes on without: " + e);
    }
    return Optional.empty();
  }

  private HttpTarget orchestrator(SimulatedTarget quick) {
    AppFormat.Path text = AppFormat.Path.of("text", "answer");
    AppFormat.Path id = AppFormat.Path.of("id", "conversation_id");
    return switch (rag.answer()) {
      case JSON -> target(quick, new AppFormat.Json(text, id));
      case SSE -> target(quick, new AppFormat.Events(text, id));
      case TEXT -> target(quick, AppFormat.Text.of("id", "(\\S+) "));
    };
  }

  private static HttpTarget target(SimulatedTarget quick, AppFormat format) {
    return new HttpTarget(
        quick.address().resolve("/api/orc"),
        format,
        request -> "{\"question\":\"" + request.messages().get(0).text() + "\"}");
  }
}
