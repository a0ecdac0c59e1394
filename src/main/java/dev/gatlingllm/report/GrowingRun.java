package dev.gatlingllm.report;

import dev.gatlingllm.cost.CallCostTally;
import dev.gatlingllm.health.HealthTimeline;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.JsonTail;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The folder of a run that goes on. Each report is of the calls that had ended by then; it reads
 * only the records that have come since the one before. Above {@link #EXACT_CALLS} calls
 * percentiles are those of histograms, so that neither memory nor the time for a report grows on.
 * Confined to one thread.
 */
public final class GrowingRun {

  /** Up to so many calls all percentiles are exact: memory of about 30 MB. */
  static final long EXACT_CALLS = 100_000;

  private static final PercentileRule RULE = PercentileRule.WITHHOLD_WHEN_FEW;

  private final Path folder;
  private final HealthTimeline timeline = new HealthTimeline();
  private final CallCostTally callCosts = new CallCostTally();
  private final Tails records;

  /** Of the folder of one run. */
  public GrowingRun(Path folder) {
    this(folder, EXACT_CALLS);
  }

  GrowingRun(Path folder, long exactCalls) {
    RunFiles files = new RunFiles(folder);
    this.folder = folder;
    this.records =
        new Tails(JsonTail.ofCalls(files.calls()), JsonTail.ofHealth(files.health()), exactCalls);
  }

  /**
   * What there is to say about the calls that have ended so far.
   *
   * @throws IllegalArgumentException if the folder is not that of a run
   * @throws dev.gatlingllm.record.RecordFormatException naming the file and line that is wrong
   */
  public RunReport report() throws IOException {
    return new RunLoader(RULE, Optional.empty(), records, timeline, callCosts)
        .load(List.of(folder))
        .report();
  }

  /** Reads on and reports nothing; without effect before the first report. */
  public void readOn() throws IOException {
    records.readOn();
  }

  /** The ends of the files, and the tallies that go on from one report to the next. */
  private static final class Tails implements RecordSource {

    private final JsonTail<CallRecord> calls;
    private final JsonTail<HealthSample> health;
    private final long exactCalls;
    private Optional<StatisticsCollector> collector = Optional.empty();
    private Optional<RunTally> tally = Optional.empty();

    Tails(JsonTail<CallRecord> calls, JsonTail<HealthSample> health, long exactCalls) {
      this.calls = calls;
      this.health = health;
      this.exactCalls = exactCalls;
    }

    void readOn() throws IOException {
      if (tally.isPresent()) {
        var unused = calls.read(tally.get()::add);
      }
    }

    @Override
    public CallRecordReader.Reading calls(RunFiles files, Consumer<CallRecord> taker)
        throws IOException {
      return calls.read(taker);
    }

    @Override
    public void health(RunFiles files, Consumer<HealthSample> taker) throws IOException {
      var unused = health.read(taker);
    }

    @Override
    public StatisticsCollector collector(CallObjectives objectives, PercentileRule rule) {
      collector =
          collector.or(() -> Optional.of(new StatisticsCollector(objectives, rule, exactCalls)));
      return collector.get();
    }

    @Override
    public RunTally tally(Supplier<RunTally> made) {
      tally = tally.or(() -> Optional.of(made.get()));
      return tally.get();
    }

    @Override
    public Completeness withoutEnd() {
      return Completeness.RUNNING;
    }
  }
}
