package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatling.core.action.Action;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmActionsTest {

  private final Session user =
      new Session(Session$.MODULE$.apply("played", 0, new EmbeddedChannel().eventLoop()))
          .set("city", "Paris")
          .set("tokens", 120)
          .set("heat", "0.7");

  @Test
  void anExpressionTakesItsValuesFromTheSession() {
    assertThat(LlmActions.el("Where is #{city}?").apply(user)).isEqualTo("Where is Paris?");
    assertThat(LlmActions.intEl("#{tokens}").apply(user)).isEqualTo(120);
    assertThat(LlmActions.doubleEl("#{heat}").apply(user)).isEqualTo(0.7);
  }

  @Test
  void anAttributeThatTheSessionDoesNotHaveFails() {
    assertThatThrownBy(() -> LlmActions.el("#{country}").apply(user))
        .hasMessageContaining("country");
  }

  @Test
  void theActionOfATemplateMakesItsCallsAndThenGoesOn(@TempDir Path folder) {
    PlayedService service = PlayedService.answering(Duration.ofMillis(5));
    try (Stage stage = Stage.of(Stage.settings(folder), service)) {
      Action action =
          LlmActions.builder(Stage.template("chat", "hello"))
              .build(stage.context(false), stage.next);
      action.$bang(stage.user());
      stage.advance(Duration.ofSeconds(1));

      assertThat(service.requests()).hasSize(1);
      assertThat(stage.next.sessions).hasSize(1);
    }
  }
}
