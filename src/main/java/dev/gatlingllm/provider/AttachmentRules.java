package dev.gatlingllm.provider;

import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What an API takes with one message.
 *
 * @param api the API in words
 * @param kinds what it takes of each kind of file; none of a kind that is missing
 * @param openAiImages whether an image may be an address that the service fetches, and may say how
 *     finely it is to be looked at
 */
public record AttachmentRules(String api, Map<Kind, Some> kinds, boolean openAiImages) {

  /**
   * What is taken of one kind of file.
   *
   * @param formats the formats
   * @param mostBytes the largest file
   * @param most how many
   */
  public record Some(Set<String> formats, int mostBytes, int most) {}

  private static final int OPEN_AI_BYTES = 50 << 20;

  /** Keeps the map as it is now. */
  public AttachmentRules {
    kinds = Map.copyOf(kinds);
  }

  /** Rules of an API to which images are sent and nothing else is said of them. */
  public AttachmentRules(String api, Map<Kind, Some> kinds) {
    this(api, kinds, false);
  }

  /** Images and PDF, as OpenAI takes them: 50 MB in a request. */
  public static AttachmentRules openAi(String api) {
    return new AttachmentRules(
        api,
        Map.of(
            Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), OPEN_AI_BYTES, 500),
            Kind.DOCUMENT, new Some(Set.of("pdf"), OPEN_AI_BYTES, 100)),
        true);
  }

  /** An API that takes text only. */
  public static AttachmentRules none(String api) {
    return new AttachmentRules(api, Map.of());
  }

  /** These rules, and what is taken of one more kind. */
  public AttachmentRules and(Kind kind, Some some) {
    Map<Kind, Some> all = new EnumMap<>(Kind.class);
    all.putAll(kinds);
    all.put(kind, some);
    return new AttachmentRules(api, all, openAiImages);
  }

  /**
   * Checks what goes with a message.
   *
   * @throws IllegalArgumentException naming the file or address and what is accepted
   */
  public void check(Message message) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Part part : message.parts()) {
      if (part instanceof Part.File file) {
        check(file);
        counts.merge(file.file().kind(), 1, Integer::sum);
      } else if (part instanceof Part.Link link) {
        check(link);
        counts.merge(Kind.IMAGE, 1, Integer::sum);
      }
    }
    counts.forEach(this::checkCount);
  }

  /**
   * The blocks that an API makes of a message without links.
   *
   * @param text makes the block of a text
   * @param file makes the block of a file, given how many blocks precede it
   * @param block makes the block of one that only the API knows
   * @throws IllegalArgumentException as {@link #check}
   */
  public <B> List<B> blocks(
      Message message,
      Function<Part.Text, B> text,
      BiFunction<Part.File, Integer, B> file,
      Function<Part.Block, B> block) {
    check(message);
    List<B> blocks = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.Text words) {
        blocks.add(text.apply(words));
      } else if (part instanceof Part.File attached) {
        blocks.add(file.apply(attached, blocks.size()));
      } else if (part instanceof Part.Block known) {
        blocks.add(block.apply(known));
      }
    }
    return blocks;
  }

  private void checkCount(Kind kind, int count) {
    int most = kinds.get(kind).most();
    if (count > most) {
      throw refused(
          "be %d of the kind %s in one message: at most %d for %s",
          count, kind.name().toLowerCase(Locale.ROOT), most, api);
    }
  }

  private void check(Part.File part) {
    Attachment file = part.file();
    Some some = kinds.get(file.kind());
    if (some == null || !some.formats().contains(file.format())) {
      throw refused("hold %s: accepted are %s for %s", part.origin(), taken(), api);
    }
    if (file.size() > some.mostBytes()) {
      throw refused(
          "hold %s of %d bytes: at most %d for %s",
          part.origin(), file.size(), some.mostBytes(), api);
    }
    checkDetail(part.detail(), part.origin());
  }

  private void check(Part.Link link) {
    if (!openAiImages) {
      throw refused(
          "hold %s, an address: accepted are %s, sent along, for %s", link.origin(), taken(), api);
    }
    checkDetail(link.detail(), link.origin());
  }

  private void checkDetail(String detail, String origin) {
    if (!openAiImages && !detail.isEmpty()) {
      throw refused("hold %s with detail %s: there is no detail in %s", origin, detail, api);
    }
  }

  private static IllegalArgumentException refused(String text, Object... values) {
    return new IllegalArgumentException("attachments cannot " + Figures.fill(text, values));
  }

  private String taken() {
    Set<String> formats = new TreeSet<>();
    kinds.values().forEach(some -> formats.addAll(some.formats()));
    return formats.isEmpty() ? "no files" : String.join(", ", formats);
  }
}
