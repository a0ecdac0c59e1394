package dev.gatlingllm.report;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the records of runs come from, and into which tallies they go. */
interface RecordSource {

  /** Reads each run from the beginning of its files. */
  RecordSource FILES =
      new RecordSource() {
        @Override
        public CallRecordReader.Reading calls(RunFiles files, Consumer<CallRecord> taker)
            throws IOException {
          return CallRecordReader.read(files.calls(), taker);
        }

        @Override
        public void health(RunFiles files, Consumer<HealthSample> taker) throws IOException {
          var unused = HealthSampleReader.read(files.health(), taker);
        }

        @Override
        public StatisticsCollector collector(CallObjectives objectives, PercentileRule rule) {
          return new StatisticsCollector(objectives, rule);
        }

        @Override
        public RunTally tally(Supplier<RunTally> made) {
          return made.get();
        }

        @Override
        public Completeness withoutEnd() {
          return Completeness.KILLED;
        }
      };

  /** Hands on the calls of a run that the tally has not had. */
  CallRecordReader.Reading calls(RunFiles files, Consumer<CallRecord> taker) throws IOException;

  /**
   * Hands on the samples of the client's health that the tally has not had.
   *
   * @throws java.nio.file.NoSuchFileException if there are none
   */
  void health(RunFiles files, Consumer<HealthSample> taker) throws IOException;

  /** What collects the calls of all runs. */
  StatisticsCollector collector(CallObjectives objectives, PercentileRule rule);

  /** The tally of the next run. */
  RunTally tally(Supplier<RunTally> made);

  /** What a run is that says nothing of its end. */
  Completeness withoutEnd();
}
