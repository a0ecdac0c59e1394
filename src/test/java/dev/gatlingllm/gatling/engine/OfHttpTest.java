package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.LlmRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfHttpTest {

  @Test
  void aCallWithoutARequestOverHttpSaysWhatItLacks() {
    RecordingListener listener = new RecordingListener();
    new OfHttp(() -> {}).start(LlmRequest.ofPrompt("hello"), listener).cancel();
    assertThat(listener.events).containsExactly("failed CRASHED the call has no over(http(…), …)");
  }

  @Test
  void theTargetIsClosedWithTheRun() {
    List<String> closed = new ArrayList<>();
    new OfHttp(() -> closed.add("simulator")).close();
    assertThat(closed).containsExactly("simulator");
  }

  @Test
  void aTargetThatDoesNotCloseSaysSo() {
    OfHttp client =
        new OfHttp(
            () -> {
              throw new IOException("busy");
            });
    assertThatThrownBy(client::close)
        .hasMessage("the target cannot be closed")
        .hasRootCauseMessage("busy");
  }
}
