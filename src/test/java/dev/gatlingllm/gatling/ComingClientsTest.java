package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.gatling.engine.ManualClock;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComingClientsTest {

  private static final LoadConfig LOAD =
      GivenSettings.of(
              Map.of(
                  "llm.load.profile",
                  "hold 1 clients for 10s, hold 2 clients for 10s, hold 1 clients for 10s",
                  "llm.load.requests",
                  "4"))
          .load();

  private final ManualClock clock = new ManualClock();
  private final ComingClients clients = new ComingClients(LOAD, clock);

  private static Session user(Map<String, Object> fed) {
    Session session =
        new Session(Session$.MODULE$.apply("played", 0, new EmbeddedChannel().eventLoop()));
    return session.setAll(fed);
  }

  @Test
  void aClientCallsUntilTheProfileFallsBelowItOrTheCallsAreMade() {
    Iterator<Map<String, Object>> feeder = clients.feeder();
    Session first = user(feeder.next());
    assertThat(clients.staysOn(first)).isTrue();
    assertThat(phase(first)).isEqualTo("1 hold 1 clients");

    clock.advance(10, TimeUnit.SECONDS);
    Session second = user(feeder.next());
    assertThat(feeder.hasNext()).isFalse();
    assertThat(clients.staysOn(second)).isTrue();
    assertThat(phase(second)).isEqualTo("2 hold 2 clients");

    clock.advance(10, TimeUnit.SECONDS);
    assertThat(clients.staysOn(second)).isFalse();
    assertThat(clients.staysOn(first)).isTrue();
    assertThat(phase(first)).isEqualTo("3 hold 1 clients");

    assertThat(clients.staysOn(first)).isTrue();
    assertThat(clients.staysOn(first)).as("all four calls are made").isFalse();
  }

  private String phase(Session session) {
    return clients.inPhase(session).getString(ScheduledUsers.PHASE);
  }

  @Test
  void aUserIsStartedForEachStay() {
    assertThat(
            clients
                .inject("chat", exec(session -> session))
                .asScala()
                .injectionProfile()
                .totalUserCount()
                .get())
        .isEqualTo(2L);
  }
}
