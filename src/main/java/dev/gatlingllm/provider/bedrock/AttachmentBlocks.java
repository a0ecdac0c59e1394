package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.AttachmentRules;
import dev.gatlingllm.provider.AttachmentRules.Some;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.MessageRules;
import dev.gatlingllm.provider.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointType;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** Turns a message into Converse's blocks. */
final class AttachmentBlocks {

  /** What Converse takes: 3.75 MB an image, 4.5 MB a document, 25 MB in all. */
  private static final AttachmentRules RULES =
      new AttachmentRules(
          "Bedrock's Converse",
          Map.of(
              Kind.IMAGE, new Some(Set.of("png", "jpeg", "gif", "webp"), 3_932_160, 20),
              Kind.DOCUMENT,
                  new Some(Set.of("pdf", "csv", "docx", "xlsx", "html", "txt", "md"), 4_718_592, 5),
              Kind.AUDIO, new Some(Set.of("wav", "mp3", "ogg"), 25 << 20, 1),
              Kind.VIDEO, new Some(Set.of("mp4", "mov", "webm"), 25 << 20, 1)));

  private static final String CACHE_CONTROL = "cache_control";
  private static final MessageRules WORDS =
      new MessageRules(
          "Bedrock's Converse", Optional.of(Part.Api.CONVERSE), Set.of(CACHE_CONTROL), false);

  private AttachmentBlocks() {}

  /**
   * The blocks of a message.
   *
   * @throws IllegalArgumentException if Converse does not take what goes with it
   */
  static List<ContentBlock> blocks(Message message) {
    WORDS.check(message);
    List<ContentBlock> blocks =
        RULES.blocks(
            message,
            text -> ContentBlock.fromText(text.text()),
            AttachmentBlocks::block,
            AttachmentBlocks::block);
    return withCachePoints(message, blocks);
  }

  /**
   * The blocks of a system prompt.
   *
   * @throws IllegalArgumentException if Converse does not take what is in it
   */
  static List<SystemContentBlock> systemBlocks(Message message) {
    WORDS.check(message);
    List<SystemContentBlock> blocks = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.Text text) {
        blocks.add(SystemContentBlock.fromText(text.text()));
      } else if (part instanceof Part.Block block) {
        blocks.add(SdkJson.read(SystemContentBlock.builder(), block.fields(), block.origin()));
      }
      cachePoint(part).map(SystemContentBlock::fromCachePoint).ifPresent(blocks::add);
    }
    return blocks;
  }

  private static List<ContentBlock> withCachePoints(Message message, List<ContentBlock> blocks) {
    List<ContentBlock> all = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      all.add(blocks.get(i));
      cachePoint(message.parts().get(i)).map(ContentBlock::fromCachePoint).ifPresent(all::add);
    }
    return all;
  }

  /** Anthropic's mark at a part is a block of its own after it. */
  private static Optional<CachePointBlock> cachePoint(Part part) {
    if (part instanceof Part.Block
        || !(part.fields().get(CACHE_CONTROL) instanceof Map<?, ?> control)) {
      return Optional.empty();
    }
    CachePointBlock.Builder point = CachePointBlock.builder().type(CachePointType.DEFAULT);
    if (control.get("ttl") instanceof String ttl) {
      point.ttl(ttl);
    }
    return Optional.of(point.build());
  }

  private static ContentBlock block(Part.Block block) {
    return SdkJson.read(ContentBlock.builder(), block.fields(), block.origin());
  }

  private static ContentBlock block(Part.File part, int number) {
    Attachment file = part.file();
    String format = file.format();
    SdkBytes bytes = SdkBytes.fromByteBuffer(file.bytes());
    String title = part.title().isEmpty() ? nameOf(file, number) : part.title();
    return switch (file.kind()) {
      case IMAGE ->
          ContentBlock.fromImage(image -> image.format(format).source(of -> of.bytes(bytes)));
      case DOCUMENT ->
          ContentBlock.fromDocument(
              document -> document.format(format).name(title).source(of -> of.bytes(bytes)));
      case AUDIO ->
          ContentBlock.fromAudio(audio -> audio.format(format).source(of -> of.bytes(bytes)));
      case VIDEO ->
          ContentBlock.fromVideo(video -> video.format(format).source(of -> of.bytes(bytes)));
    };
  }

  /** Converse refuses most signs in a name, and the same name twice. */
  private static String nameOf(Attachment document, int number) {
    return number + " " + document.name().replaceAll("[^A-Za-z0-9()\\[\\] -]+", "-");
  }
}
