package dev.gatlingllm.experiment.replay;

import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.gatling.Arrivals;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceWindow;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The calls of a recorded trace, at their recorded instants and of their recorded sizes. */
public final class TraceReplay implements ProviderExperiment {

  private final LlmConfig settings;
  private final Prompts prompts;
  private final TraceFile trace;
  private final ArrivalSchedule schedule;

  private TraceReplay(LlmConfig settings, TraceFile trace, double speed) {
    this.settings = settings;
    this.prompts = Prompts.of(settings);
    this.trace = trace;
    this.schedule =
        Startup.orExit(
            () -> Load.part(settings.load(), ArrivalSchedule.trace(trace.offsetsNanos(), speed)));
  }

  /**
   * The part of the trace that {@code llm.replay} names.
   *
   * @throws ConfigurationException naming the file and line, if it cannot be read
   */
  public static TraceReplay of(LlmConfig settings) {
    ReplayConfig replay = Startup.orExit(() -> settings.section(ReplayConfig::read));
    TraceFile trace =
        Startup.orExit(() -> ConfigurationException.in("llm.replay: ", () -> read(replay)));
    return new TraceReplay(settings, trace, replay.speed());
  }

  private static TraceFile read(ReplayConfig replay) {
    TraceFile trace =
        TraceFile.read(
            InputPath.of(replay.file()),
            new TraceWindow(replay.from(), replay.length(), OptionalInt.empty()),
            replay.format());
    Console.out().println("[llm] " + shown(trace));
    if (trace.failed() > 0) {
      Console.out()
          .println(
              "[llm] left out of the trace: "
                  + Count.of(trace.failed(), "row")
                  + " with a failed call");
    }
    return trace;
  }

  /** So that times in another unit than the format's are noticed. */
  static String shown(TraceFile trace) {
    long[] offsets = trace.offsetsNanos();
    Duration length = Duration.ofNanos(offsets[offsets.length - 1]);
    return "trace read as "
        + trace.format().word()
        + ": "
        + Count.of(offsets.length, "call")
        + " in "
        + Figures.number(OptionalDouble.of(length.toMillis() / 1000.0))
        + " s";
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    Arrivals arrivals = Arrivals.of(schedule, settings.load().part());
    return List.of(
        arrivals.inject(
            scenario("Trace replay")
                .feed(arrivals.feeder())
                .exec(call.recorded(prompts, this::row))));
  }

  private TraceFile.Row row(Session session) {
    return trace.rows().get((int) session.getLong(Arrivals.INDEX));
  }

  @Override
  public LlmConfig settings() {
    return settings;
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.arrivals(schedule, "the trace", prompts.requests(trace));
  }
}
