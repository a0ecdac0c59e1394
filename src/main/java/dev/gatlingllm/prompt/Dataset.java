package dev.gatlingllm.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.provider.Attachment.Kind;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Part;
import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Conversations with their sizes, to pick some of a wanted mean size from.
 *
 * @param items those that end with a user's turn
 */
public record Dataset(List<Item> items) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One conversation.
   *
   * @param tokens its size, of texts only
   */
  public record Item(List<Message> messages, int tokens) {}

  /** Copies the list. */
  public Dataset {
    items = List.copyOf(items);
  }

  /**
   * The conversations of a file, without the assistant's turns at their end, since those are what
   * is asked for; what then is empty is left out.
   *
   * @param system put before each that has no system prompt of its own
   */
  public static Dataset of(MessagesFile file, Optional<String> system, TokenCounter counter) {
    List<Item> items = new ArrayList<>();
    for (MessagesFile.Conversation conversation : file.conversations()) {
      List<Message> messages = new ArrayList<>(conversation.messages());
      while (!messages.isEmpty()
          && messages.get(messages.size() - 1).role() == Message.Role.ASSISTANT) {
        messages.remove(messages.size() - 1);
      }
      if (messages.stream().anyMatch(message -> message.role() == Message.Role.USER)) {
        if (system.isPresent() && messages.get(0).role() != Message.Role.SYSTEM) {
          messages.add(0, Message.system(system.get()));
        }
        items.add(new Item(List.copyOf(messages), counter.countMessages(messages)));
      }
    }
    return new Dataset(items);
  }

  /**
   * So many of them whose mean size is as near to {@code mean} as picking by turns allows: the next
   * is the one nearest to the size that would bring the mean so far to the wanted one.
   *
   * @throws InputException if there are not so many
   */
  public Dataset picked(int count, int mean) {
    if (items.size() < count) {
      throw new InputException(
          "there must be at least " + count + " conversations to pick from, were " + items.size());
    }
    List<Item> left = new ArrayList<>(items);
    left.sort(Comparator.comparingInt(item -> Math.abs(item.tokens() - mean)));
    List<Item> picked = new ArrayList<>(left.subList(0, count - 1));
    long sum = picked.stream().mapToLong(Item::tokens).sum();
    long wanted = (long) mean * count - sum;
    left.subList(0, count - 1).clear();
    picked.add(
        left.stream()
            .min(Comparator.comparingLong(item -> Math.abs(item.tokens() - wanted)))
            .get());
    return new Dataset(balanced(picked, left, mean));
  }

  /** Exchanges one for another as long as that brings the mean nearer. */
  private static List<Item> balanced(List<Item> picked, List<Item> left, int mean) {
    List<Item> result = new ArrayList<>(picked);
    List<Item> others = new ArrayList<>(left);
    for (int round = 0; round < result.size(); round++) {
      long excess = result.stream().mapToLong(Item::tokens).sum() - (long) mean * result.size();
      int at = round;
      long wanted = result.get(at).tokens() - excess;
      Optional<Item> better =
          others.stream()
              .min(Comparator.comparingLong(item -> Math.abs(item.tokens() - wanted)))
              .filter(item -> Math.abs(item.tokens() - wanted) < Math.abs(excess));
      better.ifPresent(
          item -> {
            others.remove(item);
            others.add(result.set(at, item));
          });
    }
    return result;
  }

  /** The mean size. */
  public double mean() {
    return items.stream().mapToInt(Item::tokens).average().orElse(Double.NaN);
  }

  /** Such as {@code 800 conversations, mean 1199.9 tokens, 1080 to 1333}. */
  public String summary() {
    return Figures.fill(
        "%d conversations, mean %.1f tokens, %d to %d",
        items.size(),
        mean(),
        items.stream().mapToInt(Item::tokens).min().orElse(0),
        items.stream().mapToInt(Item::tokens).max().orElse(0));
  }

  /**
   * The text of a file that can be replayed: an array of arrays of messages. Files that go with
   * them are in it.
   */
  public String json() {
    ArrayNode all = JSON.createArrayNode();
    for (Item item : items) {
      ArrayNode conversation = all.addArray();
      for (Message message : item.messages()) {
        ObjectNode object = conversation.addObject();
        object.put("role", message.role().word());
        if (message.isOneText()) {
          object.put("content", message.text());
        } else {
          message.parts().forEach(part -> write(part, object.withArray("content").addObject()));
        }
        object.setAll(JSON.<ObjectNode>valueToTree(message.fields()));
      }
    }
    return all.toString() + "\n";
  }

  private static void write(Part part, ObjectNode object) {
    object.setAll(JSON.<ObjectNode>valueToTree(part.fields()));
    if (part instanceof Part.Text text) {
      object.put("type", "text").put("text", text.text());
    } else if (part instanceof Part.Link link) {
      image(object, link.address().toString(), link.detail());
    } else if (part instanceof Part.File given && given.file().kind() == Kind.IMAGE) {
      image(object, given.file().dataUrl(), given.detail());
    } else if (part instanceof Part.File given) {
      object
          .put("type", "file")
          .putObject("file")
          .put("filename", given.file().name())
          .put("file_data", given.file().dataUrl());
    }
  }

  private static void image(ObjectNode object, String url, String detail) {
    ObjectNode image = object.put("type", "image_url").putObject("image_url").put("url", url);
    if (!detail.isEmpty()) {
      image.put("detail", detail);
    }
  }
}
