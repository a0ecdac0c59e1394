package dev.gatlingllm.prompt;

import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * System prompts of an exact size, of which some are shared by calls: what {@link
 * TokenCounter#countMessages} counts of a conversation grows by that size. Two of them differ from
 * their first words on. Safe for use by many threads.
 */
public final class SystemPrompts {

  private static final long SHARED = 0x736861726564L;
  private static final long OWN = 0x6F776EL;

  private final Vocabulary vocabulary;
  private final long seed;
  private final int frameTokens;
  private final Map<Shared, Message> shared = new ConcurrentHashMap<>();

  private record Shared(int variant, int tokens) {}

  /**
   * System prompts of a seed.
   *
   * @param seed another one for each run keeps a prompt cache from knowing those of the run before
   */
  SystemPrompts(Tokenizer counter, Vocabulary vocabulary, long seed) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    List<Message> without = List.of(Message.user("It"));
    List<Message> with = List.of(Message.system("It"), Message.user("It"));
    this.frameTokens =
        counter.countMessages(with) - counter.countMessages(without) - counter.countText("It");
  }

  /** The same one for every call of this variant, from 0; kept once it is made. */
  public Message shared(int variant, int tokens) {
    return shared.computeIfAbsent(
        new Shared(variant, tokens), any -> make(SHARED, variant, tokens));
  }

  /** One that no other number has. */
  public Message own(long number, int tokens) {
    return make(OWN, number, tokens);
  }

  private Message make(long kind, long number, int tokens) {
    long mixed = PromptBuilder.mixed(PromptBuilder.mixed(seed, kind), number);
    SplittableRandom random = new SplittableRandom(mixed);
    StringBuilder text = new StringBuilder(tokens * 7);
    long topic = Math.floorMod(mixed, vocabulary.topics());
    new SentenceWriter(vocabulary, random, text).write(topic, tokens - frameTokens);
    return Message.system(text.toString());
  }
}
