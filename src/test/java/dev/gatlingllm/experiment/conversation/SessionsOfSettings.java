package dev.gatlingllm.experiment.conversation;

import static dev.gatlingllm.LlmDsl.llm;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What sessions of settings send, and when. */
public final class SessionsOfSettings {

  private SessionsOfSettings() {}

  /** Their requests, and the time from each answer to the intended start of the next call. */
  public static Object of(LlmConfig config) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(300));
    try (Stage stage = Stage.of(config, service)) {
      stage.play(Sessions.of(config).inject(llm("chat")));
      List<CallRecord> calls = stage.records();
      List<Object> seen = new ArrayList<>(service.requests());
      for (int i = 1; i < calls.size(); i++) {
        seen.add(calls.get(i).times().arrival() - calls.get(i - 1).times().end());
      }
      return seen;
    }
  }
}
