package dev.gatlingllm.experiment.batch;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.SequentialPopulations;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.gatling.RecordedMessages;
import dev.gatlingllm.gatling.call.LastCall;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/** The workloads of {@code llm.batch}, one after another, and all of them again on a clock. */
public final class Batch implements ProviderExperiment {

  private static final int DEFAULT_CLIENTS = 20;
  private static final String FILL = "fill up";

  private final LlmConfig config;
  private final BatchConfig batch;
  private final Prompts prompts;
  private final AtomicLong begin = new AtomicLong();
  private final NanoClock clock;

  private Batch(LlmConfig config, BatchConfig batch, NanoClock clock) {
    this.config = config;
    this.batch = batch;
    this.clock = clock;
    this.prompts = Prompts.of(config);
  }

  /**
   * The batches that these settings describe.
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a setting has an impossible value
   */
  public static Batch of(LlmConfig config) {
    return of(config, NanoClock.SYSTEM);
  }

  /** As the other, by a clock that decides when batches begin and filling ends. */
  static Batch of(LlmConfig config, NanoClock clock) {
    BatchConfig batch =
        Startup.orExit(
            () -> {
              config
                  .load()
                  .requireWhole(
                      "a batch", "begins a workload when the last call of the one before ends");
              return config.section(BatchConfig::read);
            });
    return new Batch(config, batch, clock);
  }

  private ShapeProfile fillShape() {
    BatchConfig.Fill fill = batch.fill();
    return prompts.shape("llm.batch.fill.contextTokens", fill.contextTokens(), fill.maxTokens());
  }

  private ChainBuilder call(BatchWorkload workload, LlmActionBuilder call) {
    return workload.contextTokens().isPresent()
        ? exec(call.shape(prompts, shape(workload)))
        : recorded(workload).call(call);
  }

  private ShapeProfile shape(BatchWorkload workload) {
    return prompts.shape(
        "context tokens of " + workload.name() + " in llm.batch.workloads",
        workload.contextTokens().getAsInt(),
        workload.maxTokens());
  }

  /** With the cap on calls in flight also where a rate is set. */
  @Override
  public LlmConfig settings() {
    BatchWorkload first = batch.workloads().get(0);
    return config.withLoad(load(first).withRpmIfUnset(1));
  }

  private LoadConfig load(BatchWorkload workload) {
    int clients = config.load().clients().orElse(DEFAULT_CLIENTS);
    return config.load().withoutProfile("a batch").with(workload.rpm(), OptionalInt.of(clients));
  }

  /** The workloads of every batch, in their order; the load that fills up is not judged. */
  @Override
  public List<String> groups() {
    List<String> groups = new ArrayList<>();
    for (int number = 1; number <= batch.batches(); number++) {
      for (BatchWorkload workload : batch.workloads()) {
        groups.add(name(number, workload.name()));
      }
    }
    return groups;
  }

  private String name(int number, String workload) {
    return batch.batches() == 1 ? workload : "batch " + number + " | " + workload;
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    Map<BatchWorkload, ChainBuilder> calls = new LinkedHashMap<>();
    batch.workloads().forEach(workload -> calls.put(workload, call(workload, call)));
    ChainBuilder fillCall = exec(call.shape(prompts, fillShape()));
    List<PopulationBuilder> steps = new ArrayList<>();
    for (int number = 1; number <= batch.batches(); number++) {
      steps.add(start(number));
      if (batch.fill().enabled()) {
        steps.add(fill(number, fillCall));
      }
      for (Map.Entry<BatchWorkload, ChainBuilder> entry : calls.entrySet()) {
        String name = name(number, entry.getKey().name());
        steps.add(
            Load.of(config.withLoad(load(entry.getKey())))
                .endingAsPlanned()
                .inject(name, group(name).on(entry.getValue())));
      }
    }
    return SequentialPopulations.of(steps);
  }

  /** Waits for the instant of the batch; one that is late begins at once and moves no other. */
  private PopulationBuilder start(int number) {
    long offset = (number - 1) * batch.interval().toNanos();
    ChainBuilder wait =
        number == 1
            ? exec(
                session -> {
                  begin.set(clock.nanos());
                  return session;
                })
            : exec(pause(session -> untilStart(offset)));
    return scenario("start of batch " + number).exec(wait).injectOpen(atOnceUsers(1));
  }

  private Duration untilStart(long offset) {
    return Duration.ofNanos(Math.max(0, begin.get() + offset - clock.nanos()));
  }

  private PopulationBuilder fill(int number, ChainBuilder fillCall) {
    BatchConfig.Fill fill = batch.fill();
    FillUp full = new FillUp(fill, clock, Console.out()::println);
    String name = name(number, FILL);
    ChainBuilder one =
        group(name)
            .on(fillCall)
            .exec(
                session -> {
                  LastCall.of(session).ifPresent(full::saw);
                  return session;
                });
    return scenario(name)
        .exec(asLongAs(session -> full.goesOn()).on(one))
        .injectOpen(atOnceUsers(fill.clients()));
  }

  /** The first workload stands for all, but every file is checked. */
  @Override
  public ExpectedLoad expectedLoad() {
    BatchWorkload first = batch.workloads().get(0);
    LlmConfig asked = config.withLoad(load(first));
    ExpectedLoad load =
        first.contextTokens().isPresent()
            ? ExpectedLoads.load(asked, prompts, shape(first))
            : ExpectedLoads.load(asked, recorded(first));
    return load.withFiles(
        batch.workloads().stream()
            .filter(workload -> workload.contextTokens().isEmpty())
            .flatMap(workload -> recorded(workload).all().stream())
            .toList());
  }

  private RecordedMessages recorded(BatchWorkload workload) {
    return RecordedMessages.of(config, workload.file(), workload.maxTokens());
  }
}
