package dev.gatlingllm.it;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunInfo;
import java.nio.file.Path;

/** Fails everywhere, and says too much. */
public final class LeakingHook implements Hook {

  @Override
  public void beforeRun(RunInfo run, Path folder) {
    System.out.print(Leak.secrets("beforeRun"));
    throw new IllegalStateException(Leak.secrets("beforeRun"));
  }

  @Override
  public LlmRequest beforeCall(String name, LlmRequest request) {
    boolean known =
        request.messages().stream().anyMatch(message -> message.text().equals(SecretsIT.PROMPT));
    // The body of a request over HTTP is made after this: nobody can know by now what it holds.
    throw known ? Leak.thrown("beforeCall") : new IllegalStateException(Leak.secrets("beforeCall"));
  }

  @Override
  public void afterCall(CallRecord call, String answer) {
    throw Leak.thrown("afterCall");
  }

  @Override
  public void afterRun(RunInfo run, Path folder) {
    Thread unwatched = new Thread(LeakingHook::dieUnwatched);
    unwatched.start();
    try {
      unwatched.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Leak.thrown("afterRun");
  }

  private static void dieUnwatched() {
    throw Leak.thrown("a thread of the user's own");
  }
}
