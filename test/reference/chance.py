"""The language's generator, written a second time from its description, to check the one in src/kernel/random.ts.

xoroshiro128+ (24, 16, 37) by Blackman and Vigna, 2018, seeded through the finalizer of MurmurHash3.
"""

MASK32 = 0xFFFFFFFF
MASK64 = 0xFFFFFFFFFFFFFFFF
JUMP = [0xDF900294D8F554A5, 0x170865DF4B3201FC]
STREAMS = ["starts", "validation", "shuffle"]


def spread(seed, word):
    bits = (seed + word * 0x9E3779B9) & MASK32
    bits = ((bits ^ (bits >> 16)) * 0x85EBCA6B) & MASK32
    bits = ((bits ^ (bits >> 13)) * 0xC2B2AE35) & MASK32
    return bits ^ (bits >> 16)


def rotate(value, places):
    return ((value << places) | (value >> (64 - places))) & MASK64


class Stream:
    def __init__(self, seed, name):
        words = [spread(seed, word) for word in (1, 2, 3, 4)]
        self.low = (words[0] << 32) | words[1]
        self.high = (words[2] << 32) | words[3]
        for _ in range(STREAMS.index(name)):
            self.jump()

    def step(self):
        other = self.high ^ self.low
        self.low = rotate(self.low, 24) ^ other ^ ((other << 16) & MASK64)
        self.high = rotate(other, 37)

    def jump(self):
        low = high = 0
        for word in JUMP:
            for bit in range(64):
                if word >> bit & 1:
                    low ^= self.low
                    high ^= self.high
                self.step()
        self.low, self.high = low, high

    def bits(self):
        """The lower 32 bits of the next number."""
        total = (self.low + self.high) & MASK32
        self.step()
        return total

    def uniform(self):
        upper = self.bits() & 0x3FFFFFF
        lower = self.bits() & 0x7FFFFFF
        return (upper * 2**27 + lower) / 2**53

    def shuffle(self, indices):
        for last in range(len(indices) - 1, 0, -1):
            unused = 32 - last.bit_length()
            other = self.bits() >> unused
            while other > last:
                other = self.bits() >> unused
            indices[last], indices[other] = indices[other], indices[last]


def split_rows(rows, share, seed):
    order = list(range(rows))
    Stream(seed, "validation").shuffle(order)
    kept = min(max(int(rows * share + 0.5), 1), rows - 1)
    return sorted(order[kept:]), sorted(order[:kept])
