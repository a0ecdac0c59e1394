package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.run.CallRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {

  private final PlayedService service = PlayedService.silent();
  private final LlmRequest request = LlmRequest.ofPrompt("hello");

  private CallResult result() {
    List<CallResult> results = new ArrayList<>();
    new LlmCall(
            service,
            request,
            service.clock.nanos(),
            new CallLimits(1_000_000_000, 1_000_000_000, 1_000_000_000, 1_000_000_000),
            RetryPolicy.NONE,
            (delay, task) -> () -> {},
            service.clock,
            results::add)
        .start();
    service.call(0).output(service.clock.nanos(), OutputKind.CONTENT, "four words of answer");
    service.call(0).completed(service.clock.nanos());
    return results.get(0);
  }

  @Test
  void aCallOfNoRunIsTreatedAsOneOfTheRunAndWrittenNowhere(@TempDir Path folder) throws Exception {
    List<String> counted = new ArrayList<>();
    LlmConfig config = Stage.settings(folder);
    CallRecords records =
        new CallRecords(
            new RunClock(service.clock, service.clock.nanos(), Instant.EPOCH),
            "played",
            config.record(),
            text -> {
              counted.add(text);
              return 4;
            });
    DryRun dryRun = new DryRun(records, config.slo());

    CallResult ended = result();
    assertThatCode(() -> dryRun.accept(request, ended)).doesNotThrowAnyException();
    assertThat(counted).contains("four words of answer");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
