package dev.gatlingllm.it;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told of and writes it down at the end; asks for three tokens only. */
public final class NotingHook implements Hook {

  private final List<String> notes = new CopyOnWriteArrayList<>();

  @Override
  public void beforeRun(RunInfo run, Path folder) {
    notes.add("before run " + run.simulation());
  }

  @Override
  public LlmRequest beforeCall(String name, LlmRequest request) {
    notes.add("before " + name);
    return request.withMaxTokens(3);
  }

  @Override
  public void afterCall(CallRecord call, String answer) {
    notes.add("after " + call.name() + " " + call.tokens().output().orElse(-1));
  }

  @Override
  public void afterRun(RunInfo run, Path folder) throws IOException {
    notes.add("after run, report " + Files.exists(folder.resolve("index.html")));
    Files.write(folder.resolve("notes.txt"), notes);
  }
}
