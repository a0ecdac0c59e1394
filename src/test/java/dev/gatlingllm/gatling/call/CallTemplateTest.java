package dev.gatlingllm.gatling.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.RequestConfig;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTemplateTest {

  private final Session user =
      new Session(Session$.MODULE$.apply("played", 0, new EmbeddedChannel().eventLoop()))
          .set("city", "Paris");
  private final RequestConfig defaults = Stage.settings(Path.of("unused")).request();

  private static CallTemplate template() {
    return CallTemplate.named(session -> "chat in " + session.getString("city"))
        .withPrompts(session -> List.of(Message.user("hello")));
  }

  @Test
  void everyPartIsAskedForItsValueOfTheUser() {
    CallTemplate.Prepared prepared =
        template()
            .withLabel("city", session -> session.getString("city"))
            .withLabel("none", session -> "")
            .withContextTokens(session -> 77)
            .prepare(user, defaults);
    assertThat(prepared.name()).isEqualTo("chat in Paris");
    assertThat(prepared.labels()).isEqualTo(Map.of("city", "Paris"));
    assertThat(prepared.contextTokens()).hasValue(77);
    assertThat(prepared.with(LlmRequest.ofPrompt("other")).request().messages().get(0).text())
        .isEqualTo("other");
  }

  @Test
  void aStepTakesThePlaceOfTheOneThatSetTheSamePart() {
    CallTemplate template =
        template()
            .withStep("model", (session, request) -> request.withModel("first"))
            .withStep("model", (session, request) -> request.withModel("second"));
    assertThat(template.prepare(user, defaults).request().model()).isEqualTo("second");
  }

  @Test
  void aFirstStepGoesBeforeThoseThatWereThere() {
    CallTemplate template =
        template()
            .withStep("model", (session, request) -> request.withModel("of its own"))
            .withFirstStep(
                "request", (session, request) -> LlmRequest.ofPrompt("x").withModel("y"));
    LlmRequest request = template.prepare(user, defaults).request();
    assertThat(request.messages().get(0).text()).isEqualTo("x");
    assertThat(request.model()).isEqualTo("of its own");
  }

  @Test
  void aCallWithoutAPromptSaysSo() {
    assertThatThrownBy(() -> CallTemplate.named(session -> "chat").prepare(user, defaults))
        .hasMessage("prompt: the call has neither prompt nor messages");
  }

  @Test
  void aUserWhoMadeNoCallHasNoLastCall() {
    assertThat(LastCall.of(user)).isEmpty();
  }
}
