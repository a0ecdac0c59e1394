package dev.gatlingllm.workload;

import dev.gatlingllm.prompt.PromptBuilder;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What building a prompt costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PromptBenchmark {

  private final PromptBuilder builder =
      new PromptBuilder(TokenCounter.standard(), 1).preventingCaching(2);

  @Param({"500", "2000"})
  private int contextTokens;

  private long index;

  /** The next prompt. */
  @Benchmark
  public List<Message> prompt() {
    return builder.prompt(index++, contextTokens, OptionalInt.of(500));
  }
}
