package dev.gatlingllm.it;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.timing.NanoClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A client of one's own: says "echo, echo" and nothing of tokens. */
public final class EchoClient implements LlmClient {

  private final NanoClock clock = NanoClock.SYSTEM;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @Override
  public String provider() {
    return "echo";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    Future<?> answer = thread.submit(() -> answer(listener));
    return () -> answer.cancel(true);
  }

  private void answer(CallListener listener) {
    listener.sent(clock.nanos());
    listener.head(clock.nanos(), ResponseHead.NONE);
    listener.output(clock.nanos(), OutputKind.CONTENT, "echo, ");
    listener.output(clock.nanos(), OutputKind.CONTENT, "echo");
    listener.finish("stop");
    listener.completed(clock.nanos());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
