package dev.gatlingllm.prompt;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.gatlingllm.provider.Message;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Counts tokens with one of OpenAI's encodings. For models of other makers the result is an
 * estimate, and is to be marked so.
 *
 * <p>Immutable and safe for use by many threads. An encoding is loaded when the first counter of it
 * is made, which takes a second or more, and is then shared within the JVM: make the counter before
 * the load starts.
 */
public final class TokenCounter implements Tokenizer {

  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
  private static final Pattern CL100K_MODELS =
      Pattern.compile("(ft:|.*/)?(gpt-4(-.*)?|gpt-3\\.5.*|gpt-35.*)");

  // Source: OpenAI cookbook, "How to count tokens with tiktoken", for chat models since 2023.
  private static final int TOKENS_PER_MESSAGE = 3;
  private static final int TOKENS_OF_REPLY_PRIMING = 3;

  // The encoder's time grows with the square of a word: a megabyte of one letter took four seconds.
  private static final int LONGEST_WORD = 2_000;

  private final Encoding encoding;

  private TokenCounter(EncodingType type) {
    this.encoding = ENCODINGS.getEncoding(type);
  }

  /** A counter with {@code o200k_base}, the encoding of gpt-4o and all later models of OpenAI. */
  public static TokenCounter standard() {
    return new TokenCounter(EncodingType.O200K_BASE);
  }

  /**
   * The counter of a model's family: {@code cl100k_base} for gpt-4 and gpt-3.5 (Azure: gpt-35), the
   * standard one for every other name.
   *
   * @param model model name, such as {@code gpt-4-turbo}; an Azure deployment is recognised only if
   *     it is named after its model
   */
  public static TokenCounter forModel(String model) {
    boolean older = CL100K_MODELS.matcher(model.toLowerCase(Locale.ROOT)).matches();
    return older ? new TokenCounter(EncodingType.CL100K_BASE) : standard();
  }

  /** The encoding's name, such as {@code o200k_base}. */
  public String encoding() {
    return encoding.getName();
  }

  /**
   * Tokens of a text. What looks like a special token counts as the plain text that it is. A word,
   * or a run of white space, of more than 2,000 characters is counted in pieces: each cut may add a
   * token.
   */
  @Override
  public int countText(String text) {
    int tokens = 0;
    int from = 0;
    int wordStart = 0;
    for (int i = 1; i < text.length(); i++) {
      if (isSpace(text, i) != isSpace(text, i - 1)) {
        wordStart = i;
      } else if (i - wordStart >= LONGEST_WORD && !Character.isLowSurrogate(text.charAt(i))) {
        tokens += encoding.countTokensOrdinary(text.substring(from, i));
        from = i;
        wordStart = i;
      }
    }
    return tokens + encoding.countTokensOrdinary(text.substring(from));
  }

  private static boolean isSpace(String text, int index) {
    return Character.isWhitespace(text.charAt(index));
  }

  /** The tokens of a text, by number. */
  IntArrayList encode(String text) {
    return encoding.encodeOrdinary(text);
  }

  /** The bytes that a token stands for: of one character a part, or of several. */
  byte[] bytesOf(int token) {
    IntArrayList one = new IntArrayList(1);
    one.add(token);
    return encoding.decodeBytes(one);
  }

  /** The text of tokens. */
  String decode(IntArrayList tokens) {
    return encoding.decode(tokens);
  }

  /**
   * Input tokens of a conversation by OpenAI's rule: 3 for each message, its role and its texts,
   * and 3 that prime the reply. The texts of tool calls and their results count as they stand.
   */
  @Override
  public int countMessages(List<Message> messages) {
    int tokens = TOKENS_OF_REPLY_PRIMING;
    for (Message message : messages) {
      tokens += TOKENS_PER_MESSAGE + countText(message.role().word());
      for (String text : message.texts()) {
        tokens += countText(text);
      }
    }
    return tokens;
  }
}
