package dev.gatlingllm.call;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import java.util.ArrayList;
import java.util.List;

/** Hands the listener of every attempt to the test, which plays the service. */
final class ScriptedClient implements LlmClient {

  final List<CallListener> attempts = new ArrayList<>();
  int cancelled;

  CallListener attempt(int number) {
    return attempts.get(number);
  }

  @Override
  public String provider() {
    return "scripted";
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    attempts.add(listener);
    return () -> cancelled++;
  }

  @Override
  public void close() {}
}
