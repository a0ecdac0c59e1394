package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.input.MessagesFile.Conversation;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.prompt.CacheBuster;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.text.Console;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;

/**
 * The conversations of a file, one for each call, in the order that {@code llm.messages} asks for.
 * Safe for use by many threads.
 */
public final class RecordedMessages {

  private static final String ATTRIBUTE = "llm.conversation";

  private final List<Conversation> conversations;
  private final LongToIntFunction order;
  private final int maxTokens;
  private final Optional<CacheBuster> prefix;
  private final TokenCounter counter = TokenCounter.standard();
  private final Share share;
  private final AtomicLong next = new AtomicLong();

  private RecordedMessages(MessagesFile file, LlmConfig config, int maxTokens) {
    this.conversations = file.conversations();
    this.order =
        config
            .messages()
            .order()
            .indexes(
                conversations.stream().mapToDouble(Conversation::weight).toArray(), config.seed());
    this.maxTokens = maxTokens;
    this.share = config.load().part();
    this.prefix =
        config.profile().preventCaching()
            ? Optional.of(new CacheBuster(new SecureRandom().nextLong()))
            : Optional.empty();
  }

  /**
   * The conversations that {@code llm.messages} asks for.
   *
   * @throws ConfigurationException naming the file and the place in it, if it cannot be read
   */
  public static RecordedMessages of(LlmConfig config) {
    return of(config, config.messages().file(), config.messages().maxTokens());
  }

  /** As {@link #of(LlmConfig)}, of another file and with another bound. */
  public static RecordedMessages of(LlmConfig config, String file, int maxTokens) {
    MessagesFile read = Startup.orExit(() -> read(file));
    return new RecordedMessages(read, config, maxTokens);
  }

  private static MessagesFile read(String file) {
    MessagesFile read =
        ConfigurationException.in(
            "llm.messages.file: ", () -> MessagesFile.read(InputPath.of(file)));
    read.notes().forEach(note -> Console.out().println("[llm] " + file + ": " + note));
    return read;
  }

  /** A call of this name with the next conversation. */
  public ChainBuilder call(LlmActionBuilder call) {
    return exec(session -> session.set(ATTRIBUTE, draw(session)))
        .exec(
            call.request(session -> drawn(session).payload().request())
                .contextTokens(session -> counter.countMessages(drawn(session).messages())));
  }

  /** Requests for no run: the draws of the run are not used up. */
  Supplier<LlmRequest> requests() {
    AtomicLong apart = new AtomicLong();
    return () -> request(conversation(share.number(apart.getAndIncrement())));
  }

  /** All conversations of the file as requests, each with its place in it. */
  public List<Payload> all() {
    return conversations.stream().map(found -> bounded(found, found.messages()).payload()).toList();
  }

  private static LlmRequest request(Conversation drawn) {
    return drawn.payload().request();
  }

  /** An arrival has the draw of its number. */
  private Conversation draw(Session session) {
    long number = share.number(next.getAndIncrement());
    return conversation(Arrivals.number(session).orElse(number));
  }

  private Conversation conversation(long draw) {
    Conversation found = conversations.get(order.applyAsInt(draw));
    List<Message> messages =
        prefix.map(digits -> digits.before(draw, found.messages())).orElse(found.messages());
    return bounded(found, messages);
  }

  private Conversation bounded(Conversation found, List<Message> messages) {
    LlmRequest request = found.payload().request().withMessages(messages);
    return found.with(request.maxTokens().isPresent() ? request : request.withMaxTokens(maxTokens));
  }

  private static Conversation drawn(Session session) {
    return session.get(ATTRIBUTE);
  }
}
