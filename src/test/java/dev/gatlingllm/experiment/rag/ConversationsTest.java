package dev.gatlingllm.experiment.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.input.BodyTemplate;
import dev.gatlingllm.input.QuestionFile;
import io.gatling.commons.stats.OK$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.DefaultEventLoop;
import java.util.List;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;

class ConversationsTest {

  private final Conversations conversations =
      new Conversations(new QuestionFile(List.of("Who?", "When?", "Why \"so\"?")), 2);

  @Test
  void aConversationGoesOnWithTheIdOfItsAnswerUntilItHasHadItsTurns() {
    Session first = conversations.next(session());
    assertThat(asked(first)).isEqualTo("1 Who? ");
    Session second = conversations.next(first.set(Conversations.ID, "id-7"));
    assertThat(asked(second)).isEqualTo("2 When? id-7");
    Session third = conversations.next(second);
    assertThat(asked(third)).isEqualTo("1 Why \"so\"? ");
  }

  @Test
  void theQuestionsAreSharedByAllUsersAndGoRound() {
    Session other = conversations.next(session());
    assertThat(asked(conversations.next(session()))).isEqualTo("1 When? ");
    conversations.next(session());
    assertThat(asked(conversations.next(other))).isEqualTo("1 Who? ");
  }

  @Test
  void afterACallThatFailedANewConversationBegins() {
    Session first = conversations.next(session()).set(Conversations.ID, "id-7");
    Session second = conversations.next(first.markAsFailed());
    assertThat(asked(second)).isEqualTo("1 When? ");
    assertThat(second.isFailed()).isFalse();
  }

  @Test
  void withoutAnIdEachQuestionIsANewConversation() {
    Session second = conversations.next(conversations.next(session()));
    assertThat(asked(second)).isEqualTo("1 When? ");
  }

  @Test
  void theBodyHoldsTheQuestionAndTheId() {
    BodyTemplate template =
        BodyTemplate.parse(
            "llm.rag.body",
            "{\"conversation_id\": \"#{conversationId}\", \"question\": \"#{question}\"}",
            Conversations.names());
    Session session =
        session().set(Conversations.ID, "id-7").set(Conversations.QUESTION, "Why \"so\"?");
    assertThat(Conversations.body(template, session))
        .isEqualTo("{\"conversation_id\":\"id-7\",\"question\":\"Why \\\"so\\\"?\"}");
  }

  private static String asked(Session session) {
    return session.getInt(Conversations.TURN)
        + " "
        + session.getString(Conversations.QUESTION)
        + " "
        + session.getString(Conversations.ID);
  }

  private static Session session() {
    return new Session(
        new io.gatling.core.session.Session(
            "users",
            1,
            Map$.MODULE$.empty(),
            OK$.MODULE$,
            List$.MODULE$.empty(),
            io.gatling.core.session.Session.NothingOnExit(),
            new DefaultEventLoop()));
  }
}
