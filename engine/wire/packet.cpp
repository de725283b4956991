#include "wire/packet.h"

#include <algorithm>
#include <array>

#include "wire/bytes.h"

namespace tutti::wire {
namespace {

constexpr std::array<uint32_t, 7> kRates{22050, 32000, 44100, 48000, 88200, 96000, 192000};

bool valid_bits(uint8_t bits) noexcept {
  return bits == 8 || bits == 16 || bits == 24 || bits == 32;
}

bool is_stop(std::span<const uint8_t> bytes) noexcept {
  return bytes.size() == kStopBytes &&
         std::all_of(bytes.begin(), bytes.end(), [](uint8_t b) { return b == 0xFF; });
}

}  // namespace

uint32_t rate_of_code(uint8_t code) noexcept { return code < kRates.size() ? kRates[code] : 0; }

int code_of_rate(uint32_t rate) noexcept {
  const auto* const found = std::find(kRates.begin(), kRates.end(), rate);
  return found == kRates.end() ? -1 : static_cast<int>(found - kRates.begin());
}

Refusal parse(std::span<const uint8_t> bytes, Packet& packet) noexcept {
  if (bytes.size() < kHeaderBytes) return Refusal::kTooShort;
  if (is_stop(bytes)) return Refusal::kStop;

  const Header h = read_header(bytes.first<kHeaderBytes>());
  if (rate_of_code(h.rate_code) == 0) return Refusal::kRateCode;
  if (!valid_bits(h.bits)) return Refusal::kBits;
  if (h.frames < kMinFrames || h.frames > kMaxFrames) return Refusal::kFrames;
  if (h.channels > kMaxChannels) return Refusal::kChannels;
  if (bytes.size() < packet_bytes(h)) return Refusal::kSize;

  packet.header = h;
  packet.payload = bytes.subspan(kHeaderBytes, payload_bytes(h));
  return Refusal::kNone;
}

std::span<uint8_t> write_header(const Header& h, std::span<uint8_t> out) noexcept {
  const bool in_range = rate_of_code(h.rate_code) != 0 && valid_bits(h.bits) &&
                        h.frames >= kMinFrames && h.frames <= kMaxFrames &&
                        h.channels <= kMaxChannels;
  if (!in_range || out.size() < packet_bytes(h)) return {};
  store_u64(&out[0], h.capture_time_us);
  store_u16(&out[8], h.sequence);
  store_u16(&out[10], h.frames);
  out[12] = h.rate_code;
  out[13] = h.bits;
  out[14] = h.channels_wanted;
  out[15] = h.channels == 0 ? kNoChannels : h.channels;
  return out.subspan(kHeaderBytes, payload_bytes(h));
}

}  // namespace tutti::wire
