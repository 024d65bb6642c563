"""The bot's understanding as a Rasa component: trains, keeps and runs the intent model."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.classifier_files import BOT_FOLDER, MODEL_FILE, weights_folder
from components.embeddings import Embedder, embedder_from, weights_fingerprint
from components.intent_model import IntentModel, ModelCannotLoad
from components.vector_cache import CachedEmbedder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MessageClassifier(GraphComponent):
    """Gives every message its ranking; fails at load, never later, when its model is not there."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MessageClassifier:
        embedder = embedder_from(weights_folder())
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder / MODEL_FILE, embedder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        from components.intent_training import train_intent_model  # scikit-learn only trains

        examples = training_data.intent_examples
        texts = [example.get("text") for example in examples]
        labels = [example.get("intent") for example in examples]
        folder = weights_folder()
        threads = int(os.environ.get("BOT_TRAINING_THREADS") or os.cpu_count() or 1)
        embedder: Embedder | None = embedder_from(folder, threads)
        if embedder is not None:
            cache = BOT_FOLDER / "models" / "vectors.npz"
            embedder = CachedEmbedder(embedder, cache, weights_fingerprint(folder))
        model = train_intent_model(texts, labels, embedder)
        with self._storage.write_to(self._resource) as storage_folder:
            model.save(storage_folder / MODEL_FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing later in the pipeline trains on what this component says."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        if self._model is None:
            raise ModelCannotLoad("not trained")
        for message in messages:
            text = message.get("text")
            if text:
                self._read(message, text, self._model)
        return messages

    def _read(self, message: Message, text: str, model: IntentModel) -> None:
        shares = model.probabilities(text).tolist()
        ranking = [
            {"name": name, "confidence": share}
            for name, share in sorted(_pairs(model.intents, shares), key=lambda pair: -pair[1])
        ]
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set("understanding", model.understanding, add_to_output=True)


def _pairs(names: Sequence[str], shares: Sequence[float]) -> list[tuple[str, float]]:
    return list(zip(names, shares, strict=True))
