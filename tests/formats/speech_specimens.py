"""Files of every shape of JSON, each with what such files have beside the plain case; all of it is made up."""

from __future__ import annotations

from typing import Any


def whisper_word(text: str, start: float, end: float) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, "probability": 0.5}


OPENAI: dict[str, Any] = {
    "text": " Um, the kettle, the kettle is on. Is it? R&D \u201cwaits\u201d.",
    "segments": [
        {
            "id": 0,
            "seek": 0,
            "start": 0.0,
            "end": 2.5,
            "text": " Um, the kettle, the kettle is on.",
            "tokens": [50364, 1, 2, 50489],
            "avg_logprob": -0.25,
            "words": [
                whisper_word(" Um,", 0.0, 0.24),
                whisper_word(" the", 0.3, 0.4),
                whisper_word(" kettle,", 0.4, 0.8),
                whisper_word(" the", 0.9, 1.0),
                whisper_word(" kettle", 1.0, 1.4),
                whisper_word(" is", 1.4, 1.6),
                whisper_word(" on.", 1.6, 5.2799997),
            ],
        },
        {
            "id": 1,
            "start": 2.5,
            "end": 3.0,
            "text": " Is it?",
            "words": [whisper_word(" Is", 2.5, 2.7), whisper_word(" it?", 2.7, 3.0)],
        },
        {"id": 2, "start": 3.0, "end": 4.0, "text": " R&D \u201cwaits\u201d.", "words": []},
    ],
    "language": "english",
}
WHISPERX: dict[str, Any] = {
    "segments": [
        {
            "start": 1.0,
            "end": 2.0,
            "text": " No, no 42.",
            "words": [
                {"word": "No,", "start": 1.0, "end": 1.2, "score": 0.9, "speaker": "SPEAKER_01"},
                {"word": "no", "start": 1.3, "end": 1.4, "score": 0.9, "speaker": "SPEAKER_01"},
                {"word": "42."},
            ],
            "speaker": "SPEAKER_01",
        },
        {
            "start": 2.0,
            "end": 3.0,
            "text": "Fine.",
            "words": [{"word": "Fine.", "start": 2.0, "end": 2.5}],
            "speaker": "SPEAKER_00",
        },
    ],
    "word_segments": [
        {"word": "No,", "start": 1.0, "end": 1.2},
        {"word": "no", "start": 1.3, "end": 1.4},
        {"word": "42."},
        {"word": "Fine.", "start": 2.0, "end": 2.5},
    ],
}
BARE_WORDS: dict[str, Any] = {
    "task": "transcribe",
    "text": "So, we left. Then we-we slept!",
    "segments": [
        {"id": 0, "start": 0, "end": 1, "text": " So, we left."},
        {"id": 1, "start": 1, "end": 2, "text": " Then we-we slept!"},
    ],
    "words": [
        {"word": word, "start": i / 10, "end": (i + 1) / 10}
        for i, word in enumerate(["So", "we", "left", "Then", "we-we", "slept"])
    ],
}
CHUNKS: dict[str, Any] = {
    "text": " Good morning. Um, yes.",
    "chunks": [{"timestamp": [0.0, 1.5], "text": " Good morning."}, {"timestamp": [1.5, None], "text": " Um, yes."}],
    "speakers": [
        {"speaker": "SPEAKER_00", "text": " Good morning.", "timestamp": [0.0, 1.5]},
        {"speaker": "SPEAKER_01", "text": " Um, yes.", "timestamp": [1.5, None]},
    ],
}
CPP: dict[str, Any] = {
    "systeminfo": "none",
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,000", "to": "00:00:01,500"},
            "offsets": {"from": 0, "to": 1500},
            "text": " Rewinding it.",
            "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}},
                {"text": " Re", "offsets": {"from": 0, "to": 400}},
                {"text": "winding", "offsets": {"from": 400, "to": 900}},
                {"text": " it", "offsets": {"from": 900, "to": 1400}},
                {"text": ".", "offsets": {"from": 1400, "to": 1500}},
            ],
        },
        {"timestamps": {"from": "00:00:01,500", "to": "00:00:02,000"}, "text": " Done."},
    ],
}
LINES: list[Any] = [
    {"text": "One line.", "start": 0.5, "duration": 1.5},
    {"text": "Um, another\none.", "start": 2.0, "duration": 1},
]
TRIPLES: list[Any] = [[f" word{i % 7}{'.' if i % 15 == 14 else ''}", i / 4, i / 4 + 0.2] for i in range(40)]
PAPER: dict[str, Any] = {
    "words": [
        {"id": i, "text": word, "start": float(i), "end": i + 0.5}
        for i, word in enumerate("Yes I do . And you ?".split())
    ],
    "paragraphs": [
        {"id": 0, "start": 0.0, "end": 3.5, "speaker": "ANN"},
        {"id": 1, "start": 4.0, "end": 7.0, "speaker": "BO"},
    ],
}
PODCAST: dict[str, Any] = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ann", "startTime": 0.5, "endTime": 0.75, "body": "Um, hello to all."},
        {"speaker": "Bo", "startTime": 1.5, "endTime": 2.25, "body": "Hi. Hi there."},
        {"startTime": 2.25, "endTime": 4.25, "body": "No name."},
        {"startTime": 4.25, "endTime": 5, "body": "Um."},
    ],
}
PODCAST_WORDS: dict[str, Any] = {
    "version": "1.0.0",
    "segments": [
        {"speaker": "Ann" if i < 7 else "Bo", "startTime": i / 2, "endTime": i / 2 + 0.4, "body": word}
        for i, word in enumerate("Um, we went to the sea today. Did you swim there?".split())
    ],
}
JSON3: dict[str, Any] = {
    "wireMagic": "pb3",
    "pens": [{}],
    "events": [
        {"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1},
        {
            "tStartMs": 1000,
            "dDurationMs": 4000,
            "wWinId": 1,
            "segs": [
                {"utf8": "um", "acAsrConf": 0},
                {"utf8": " so", "tOffsetMs": 320},
                {"utf8": " we", "tOffsetMs": 600},
            ],
        },
        {"tStartMs": 2900, "dDurationMs": 2000, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {"tStartMs": 3000, "dDurationMs": 3000, "wWinId": 1, "segs": [{"utf8": "uh"}]},
        {"tStartMs": 4990, "dDurationMs": 10, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        {
            "tStartMs": 5000,
            "dDurationMs": 2000,
            "wWinId": 1,
            "segs": [{"utf8": "left"}, {"utf8": " early", "tOffsetMs": 500}],
        },
    ],
}
STYLED: dict[str, Any] = {
    "wireMagic": "pb3",
    "events": [
        {
            "tStartMs": 10,
            "dDurationMs": 90,
            "segs": [{"utf8": "\u200b"}, {"utf8": "One "}, {"utf8": "line\nor two"}, {"utf8": "\n"}],
        }
    ],
}
WRITTEN: dict[str, tuple[str, Any]] = {
    "openai": ("whisper", OPENAI),
    "whisperx": ("whisper", WHISPERX),
    "bare words": ("whisper", BARE_WORDS),
    "chunks": ("whisper", CHUNKS),
    "whisper.cpp": ("whisper", CPP),
    "lines": ("whisper", LINES),
    "triples": ("whisper", TRIPLES),
    "paper": ("whisper", PAPER),
    "nothing said": ("whisper", {"text": "", "segments": [], "language": "en"}),
    "podcast": ("podcasting", PODCAST),
    "podcast words": ("podcasting", PODCAST_WORDS),
    "json3": ("json3", JSON3),
    "styled": ("json3", STYLED),
}
DEEPGRAM: dict[str, Any] = {
    "metadata": {"duration": 9.5, "channels": 1},
    "results": {
        "channels": [
            {
                "detected_language": "en",
                "alternatives": [
                    {
                        "transcript": "um hello there who is it",
                        "words": [
                            {"word": "um", "start": 0.5, "end": 0.9, "punctuated_word": "Um,", "speaker": 0},
                            {"word": "hello", "start": 1, "end": 1.25, "punctuated_word": "hello", "speaker": 0},
                            {
                                "word": "there",
                                "start": 1.25,
                                "end": 5.2799997,
                                "punctuated_word": "there.",
                                "speaker": 0,
                            },
                            {"word": "who", "start": 5.28, "end": 5.5, "punctuated_word": "Who's", "speaker": 1},
                            {"word": "it", "start": 7.0, "end": 7.5, "speaker": 1},
                        ],
                    }
                ],
            }
        ],
        "utterances": [{"start": 0.5, "end": 5.28, "transcript": "Um, hello there.", "speaker": 0}],
    },
}
CHANNELS: dict[str, Any] = {
    "results": {
        "channels": [
            {"alternatives": [{"words": [{"word": "yes", "start": 2, "end": 3}]}]},
            {"alternatives": [{"words": [{"word": "ready", "punctuated_word": "Ready?", "start": 1, "end": 1.5}]}]},
        ]
    }
}
ASSEMBLYAI: dict[str, Any] = {
    "id": "x",
    "status": "completed",
    "language_code": "en_us",
    "text": "Shall we? We shall.",
    "words": [{"text": "Shall", "start": 250, "end": 500, "speaker": "A"}],
    "utterances": [
        {
            "speaker": "A",
            "start": 250,
            "end": 900,
            "text": "Shall we?",
            "words": [{"text": "Shall", "start": 250, "end": 500}, {"text": "we?", "start": 500, "end": 900}],
        },
        {"speaker": "B", "start": 1000, "end": 1500, "text": "We shall.", "words": []},
    ],
}
AWS: dict[str, Any] = {
    "jobName": "job",
    "results": {
        "language_code": "en-US",
        "transcripts": [{"transcript": "Well, no. Why?"}],
        "speaker_labels": {
            "speakers": 2,
            "segments": [
                {
                    "start_time": "0.5",
                    "end_time": "1.5",
                    "speaker_label": "spk_0",
                    "items": [{"start_time": "0.5", "end_time": "0.8", "speaker_label": "spk_0"}],
                },
                {"start_time": "2.0", "end_time": "2.5", "speaker_label": "spk_1", "items": []},
            ],
        },
        "items": [
            {
                "type": "pronunciation",
                "start_time": "0.5",
                "end_time": "0.8",
                "alternatives": [{"content": "Well", "confidence": "1.0"}],
            },
            {"type": "punctuation", "alternatives": [{"content": ",", "confidence": None}]},
            {"type": "pronunciation", "start_time": "0.9", "end_time": "1.5", "alternatives": [{"content": "no"}]},
            {"type": "punctuation", "alternatives": [{"content": "."}]},
            {"type": "pronunciation", "start_time": "2.0", "end_time": "2.5", "alternatives": [{"content": "Why"}]},
            {"type": "punctuation", "alternatives": [{"content": "?"}]},
        ],
    },
    "status": "COMPLETED",
}
AWS_CHANNELS: dict[str, Any] = {
    "results": {
        "channel_labels": {
            "channels": [
                {
                    "channel_label": "ch_0",
                    "items": [{"start_time": "3.0", "end_time": "3.5", "alternatives": [{"content": "Later"}]}],
                },
                {
                    "channel_label": "ch_1",
                    "items": [{"start_time": "1.0", "end_time": "1.5", "alternatives": [{"content": "First"}]}],
                },
            ]
        },
        "items": [],
    }
}
GOOGLE: dict[str, Any] = {
    "results": [
        {
            "alternatives": [
                {
                    "transcript": "so it begins",
                    "words": [
                        {"startTime": "0s", "endTime": "1.200s", "word": "so"},
                        {"startTime": "1.200s", "endTime": "1.500s", "word": "it"},
                        {"startTime": "1.500s", "endTime": "2s", "word": "begins"},
                    ],
                }
            ],
            "languageCode": "en-us",
        },
        {
            "alternatives": [
                {
                    "words": [
                        {"endTime": {"seconds": "1", "nanos": 200000000}, "word": "so", "speakerTag": 1},
                        {
                            "startTime": {"seconds": "1", "nanos": 200000000},
                            "endTime": {"seconds": "1", "nanos": 500000000},
                            "word": "it",
                            "speakerTag": 1,
                        },
                        {
                            "startTime": {"seconds": "1", "nanos": 500000000},
                            "endTime": {"seconds": "2"},
                            "word": "begins",
                            "speakerTag": 2,
                        },
                    ]
                }
            ]
        },
    ]
}
AZURE: dict[str, Any] = {
    "source": "x",
    "durationInTicks": 50000000,
    "combinedRecognizedPhrases": [{"channel": 0, "display": "Twenty apples. No, two."}],
    "recognizedPhrases": [
        {
            "recognitionStatus": "Success",
            "channel": 0,
            "speaker": 1,
            "offset": "PT1.5S",
            "duration": "PT1S",
            "offsetInTicks": 15000000.0,
            "durationInTicks": 10000000.0,
            "nBest": [
                {
                    "lexical": "twenty apples",
                    "display": "Twenty apples.",
                    "words": [
                        {"word": "twenty", "offset": "PT1.5S", "duration": "PT0.4S"},
                        {"word": "apples", "offset": "PT1.9S", "duration": "PT0.6S"},
                    ],
                }
            ],
        },
        {
            "recognitionStatus": "Success",
            "speaker": 2,
            "offset": "PT3S",
            "duration": "PT1M1.5S",
            "nBest": [{"display": "No, 2.", "words": [{"word": "two", "offset": "PT3S", "duration": "PT1S"}]}],
        },
        {"recognitionStatus": "Failure", "nBest": []},
    ],
}
AZURE_FAST: dict[str, Any] = {
    "durationMilliseconds": 2000,
    "combinedPhrases": [{"text": "Good day."}],
    "phrases": [
        {
            "offsetMilliseconds": 40,
            "durationMilliseconds": 900,
            "text": "Good day.",
            "locale": "en-US",
            "words": [
                {"text": "Good", "offsetMilliseconds": 40, "durationMilliseconds": 300},
                {"text": "day.", "offsetMilliseconds": 400, "durationMilliseconds": 540},
            ],
        }
    ],
}
REV: dict[str, Any] = {
    "monologues": [
        {
            "speaker": 0,
            "elements": [
                {"type": "text", "value": "Hello", "ts": 1.02, "end_ts": 1.2},
                {"type": "punct", "value": ", "},
                {"type": "text", "value": "you", "ts": 1.2, "end_ts": 1.71},
                {"type": "punct", "value": "."},
                {"type": "punct", "value": ' "'},
                {"type": "text", "value": "Quoted", "ts": 1.8, "end_ts": 2.0},
                {"type": "punct", "value": '".'},
            ],
        },
        {
            "speaker": 1,
            "elements": [{"type": "text", "value": "Right", "ts": 2.3, "end_ts": 2.9}, {"type": "punct", "value": "."}],
        },
    ]
}
REV_EDITOR: dict[str, Any] = {
    "speakers": [{"id": 0, "name": "Ann Lee"}],
    "monologues": [
        {
            "speaker": 0,
            "spans": [
                {"type": 0, "value": "All", "ts": 0.75, "endTs": 0.96},
                {"value": " "},
                {"value": "good"},
                {"value": "."},
            ],
        }
    ],
}
SPEECHMATICS: dict[str, Any] = {
    "format": "2.9",
    "job": {"id": "x"},
    "metadata": {"transcription_config": {"language": "en"}},
    "results": [
        {"type": "word", "start_time": 0.5, "end_time": 0.7, "alternatives": [{"content": "Is", "speaker": "S1"}]},
        {"type": "word", "start_time": 0.7, "end_time": 0.9, "alternatives": [{"content": "it", "speaker": "S1"}]},
        {
            "type": "punctuation",
            "start_time": 0.9,
            "end_time": 0.9,
            "attaches_to": "previous",
            "alternatives": [{"content": "?", "speaker": "S1"}],
        },
        {"type": "punctuation", "attaches_to": "next", "alternatives": [{"content": "\u00bf", "speaker": "UU"}]},
        {"type": "word", "start_time": 1.0, "end_time": 1.5, "alternatives": [{"content": "Si", "speaker": "UU"}]},
        {"type": "punctuation", "alternatives": [{"content": "."}]},
    ],
}
SPEECHMATICS_OLD: dict[str, Any] = {
    "job": {"lang": "en"},
    "speakers": [{"name": "F1", "time": "0.5", "duration": "1.0"}, {"name": "M2", "time": "2.0", "duration": "1.0"}],
    "words": [
        {"name": "Hello", "time": "0.5", "duration": "0.25"},
        {"name": ".", "time": "0.75", "duration": "0.1"},
        {"name": "Hi", "time": "2.1", "duration": "0.2"},
        {"name": ".", "time": "2.3", "duration": "0.1"},
    ],
    "format": "1.0",
}
VOSK: dict[str, Any] = {
    "result": [
        {"conf": 1.0, "start": 0.5, "end": 0.75, "word": "one"},
        {"conf": 0.5, "start": 0.75, "end": 1.0, "word": "<unk>"},
        {"conf": 1.0, "start": 2.5, "end": 3.0, "word": "three"},
    ],
    "text": "one <unk> three",
}
BBC: dict[str, Any] = {
    "action": "audio-transcribe",
    "retval": {
        "punct": "Yes. No.",
        "words": [
            {"start": 1, "end": 2, "word": "yes", "punct": "Yes."},
            {"start": 5, "end": 6, "word": "no", "punct": "No."},
        ],
        "segments": {
            "segments": [{"start": 1, "duration": 2, "speaker": {"@id": "S0"}}, {"start": 4, "speaker": {"@id": "S1"}}]
        },
    },
}
GENTLE: dict[str, Any] = {
    "transcript": "No way",
    "words": [
        {"word": "No", "case": "success", "start": 0.1, "end": 0.2},
        {"word": "way", "case": "not-found-in-audio"},
    ],
}
IBM: dict[str, Any] = {
    "result_index": 0,
    "results": [
        {
            "final": True,
            "alternatives": [
                {
                    "transcript": "so they went ",
                    "timestamps": [["so", 0.1, 0.3], ["they", 0.3, 0.5], ["went", 0.5, 0.9]],
                }
            ],
        },
        {"final": False, "alternatives": [{"transcript": "so they went to "}]},
    ],
    "speaker_labels": [
        {"from": 0.1, "to": 0.3, "speaker": 0},
        {"from": 0.3, "to": 0.5, "speaker": 0},
        {"from": 0.5, "to": 0.9, "speaker": 1},
    ],
}
IBM_NESTED: dict[str, Any] = {"results": [IBM]}
OYEZ_LIKE: dict[str, Any] = {
    "title": "A hearing",
    "media": [{"size": 3, "mime": "audio/mpeg"}],
    "transcript": {
        "sections": [
            {
                "turns": [
                    {
                        "speaker": {"ID": 7, "name": "Ann Lee"},
                        "start": 0,
                        "stop": 4.5,
                        "text_blocks": [
                            {"text": "May it please you.", "start": 0, "stop": 2},
                            {"text": "It does not.", "start": 2, "stop": 4.5},
                        ],
                    },
                    {"speaker": None, "start": 5, "text_blocks": [{"text": "[Laughter]", "start": 5, "stop": 6}]},
                ]
            }
        ]
    },
}
MEETING: dict[str, Any] = {
    "topics": [{"topic": "Tea", "span": ["1", "2"]}],
    "queries": [{"query": "Who spoke?", "answer": "Both."}],
    "transcripts": [{"speaker": "Manager", "content": "Tea , please ."}, {"speaker": 3, "content": "At once ."}],
}
LINES_IN_LINES: dict[str, Any] = {
    "audioFile": "x",
    "text": [
        {
            "speaker": "Unnamed",
            "paragraph": [
                {
                    "line": [
                        {"id": i, "text": word, "startTime": i, "endTime": i + 0.5}
                        for i, word in enumerate("We came . We saw . We had tea .".split())
                    ]
                }
            ],
        }
    ],
}
READ: dict[str, tuple[str, Any]] = {
    "deepgram": ("deepgram", DEEPGRAM),
    "deepgram channels": ("deepgram", CHANNELS),
    "assemblyai": ("assemblyai", ASSEMBLYAI),
    "aws": ("aws", AWS),
    "aws channels": ("aws", AWS_CHANNELS),
    "aws items": ("aws", AWS["results"]["items"]),
    "google": ("google", GOOGLE),
    "google operation": ("google", {"name": "1", "done": True, "response": GOOGLE}),
    "azure": ("azure", AZURE),
    "azure fast": ("azure", AZURE_FAST),
    "rev": ("rev", REV),
    "rev editor": ("rev", REV_EDITOR),
    "speechmatics": ("speechmatics", SPEECHMATICS),
    "speechmatics old": ("speechmatics", SPEECHMATICS_OLD),
    "vosk": ("kaldi", VOSK),
    "vosk results": ("kaldi", [VOSK, VOSK]),
    "bbc": ("kaldi", BBC),
    "gentle": ("kaldi", GENTLE),
    "ibm": ("ibm", IBM),
    "ibm nested": ("ibm", IBM_NESTED),
    "turns in sections": ("turns", OYEZ_LIKE),
    "meeting": ("turns", MEETING),
    "lines in lines": ("turns", LINES_IN_LINES),
}
