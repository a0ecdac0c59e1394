package dev.gatlingllm.provider.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.Heard;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a chunk of a chat completion costs from the transport's buffer to the listener. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChatStreamBenchmark {

  private static final int CHUNKS = 200;
  private static final LlmRequest PROMPT = LlmRequest.ofPrompt("Hi");

  private final OpenCalls calls =
      new OpenCalls(() -> 1, () -> Instant.EPOCH, Optional.empty(), Runnable::run);
  private final List<ByteBuffer> answer = answer();

  /** One call of 200 chunks, each in a buffer of its own; the time is that of one chunk. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public void chunk(Blackhole blackhole) {
    HttpCall call = calls.open(AnswerFormat.CHAT.answerTo(PROMPT), new Heard(blackhole));
    call.head(200, name -> null);
    for (ByteBuffer buffer : answer) {
      call.body(buffer.rewind());
    }
    call.end();
  }

  private static List<ByteBuffer> answer() {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < CHUNKS; i++) {
      buffers.add(
          buffer(
              "{\"choices\":[{\"content_filter_results\":{\"hate\":{\"filtered\":false,"
                  + "\"severity\":\"safe\"}},\"delta\":{\"content\":\" word"
                  + i
                  + "\"},\"finish_reason\":null,\"index\":0,\"logprobs\":null}],"
                  + "\"created\":1767225600,\"id\":\"chatcmpl-A1b2C3d4E5f6\","
                  + "\"model\":\"gpt-4o-2024-11-20\",\"object\":\"chat.completion.chunk\","
                  + "\"system_fingerprint\":\"fp_0123456789\"}"));
    }
    buffers.add(buffer("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"index\":0}]}"));
    buffers.add(buffer("[DONE]"));
    return buffers;
  }

  private static ByteBuffer buffer(String data) {
    return ByteBuffer.wrap(("data: " + data + "\n\n").getBytes(UTF_8));
  }
}
