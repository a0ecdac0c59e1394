package dev.gatlingllm.it;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;

/** Fails at every call. */
final class FailingHook implements Hook {

  @Override
  public LlmRequest beforeCall(String name, LlmRequest request) {
    throw new IllegalStateException("the prompt was " + request.messages());
  }

  @Override
  public void afterCall(CallRecord call, String answer) throws Exception {
    throw new Exception("no");
  }
}
