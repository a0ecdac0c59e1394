package dev.gatlingllm.report;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** What a record costs: writing, reading and adding it up. The time is that of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

  private static final int CALLS = 10_000;

  private final List<CallRecord> calls = new ArrayList<>();
  private final List<byte[]> lines = new ArrayList<>();
  private Path folder;

  /** Draws the records of a {@link BigRun}. */
  @Setup
  public void draw() throws IOException {
    folder = BigRun.write(Files.createTempDirectory("records"), CALLS);
    CallRecordReader.read(new RunFiles(folder).calls(), calls::add);
    calls.forEach(call -> lines.add(CallRecordCodec.encode(call)));
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(new RunFiles(folder).calls());
    Files.delete(new RunFiles(folder).runJson());
    Files.delete(folder);
  }

  /** From the record to its line in a stream. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void write() throws IOException {
    try (OutputStream nowhere = OutputStream.nullOutputStream()) {
      for (CallRecord call : calls) {
        CallRecordCodec.write(call, nowhere);
      }
    }
  }

  /** From the line to its record. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void decode(Blackhole blackhole) {
    for (byte[] line : lines) {
      blackhole.consume(CallRecordCodec.decode(line));
    }
  }

  /** From the file to the records, by all processors. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void read(Blackhole blackhole) throws IOException {
    CallRecordReader.read(new RunFiles(folder).calls(), blackhole::consume);
  }

  /** From the records to the statistics. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void addUp(Blackhole blackhole) {
    StatisticsCollector collector =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.WITHHOLD_WHEN_FEW);
    calls.forEach(call -> collector.add(call, 0));
    blackhole.consume(collector.result());
  }
}
