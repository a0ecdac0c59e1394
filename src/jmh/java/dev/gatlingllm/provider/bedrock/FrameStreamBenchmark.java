package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Heard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.reactivestreams.Subscription;

/** What a chunk of an event stream costs from the transport's buffer to the listener. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameStreamBenchmark {

  private static final int CHUNKS = 200;

  private static final Subscription ENDLESS =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final SdkFailures failures = new SdkFailures(new Secrets());
  private final List<byte[]> answer = answer();

  /** One call of 200 chunks, each in a buffer of its own; the time is that of one chunk. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public void chunk(Blackhole blackhole) {
    SdkExchange exchange = new SdkExchange(new Heard(blackhole), () -> 1, "us-east-1");
    EventStreamReader reader = new EventStreamReader(exchange, failures);
    reader.onSubscribe(ENDLESS);
    for (byte[] frame : answer) {
      reader.onNext(ByteBuffer.wrap(frame));
    }
    reader.onComplete();
  }

  private static List<byte[]> answer() {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      frames.add(Frames.text(" word" + i));
    }
    frames.add(Frames.stop("end_turn"));
    frames.add(Frames.usage(500, CHUNKS));
    return frames;
  }
}
